import { Wording } from './wording';

const PUNE = { currency: 'INR', country: 'IN', timeZone: 'Asia/Kolkata' };
const english = new Wording('en', PUNE);
const hindi = new Wording('hi', PUNE);

describe('words for people', () => {
  it.each([
    [8_400, '₹84', '₹84'],
    [4_950, '₹49.50', '₹49.50'],
    [0, '₹0', '₹0'],
    [-12_345_670, '-₹1,23,456.70', '-₹1,23,456.70'],
  ])('write the amount %s with the currency sign', (minor, inEnglish, inHindi) => {
    expect([english.amount(minor), hindi.amount(minor)]).toEqual([inEnglish, inHindi]);
  });

  it('write the amounts of another country in its way', () => {
    expect(new Wording('en', { currency: 'GBP', country: 'GB', timeZone: 'Europe/London' }).amount(12_345_600)).toBe(
      '£123,456',
    );
    expect(new Wording('en', { currency: 'USD', country: 'US', timeZone: 'America/New_York' }).amount(8_450)).toBe(
      '$84.50',
    );
  });

  it('write dates and times of the time zone of the dairy', () => {
    expect(english.date('2026-12-01')).toBe('Tuesday 1 December');
    expect(hindi.date('2026-12-01')).toBe('मंगलवार, 1 दिसंबर');
    expect(english.time('2026-12-01T22:30:00Z')).toBe('4:00 am');
    expect(hindi.time('2026-12-01T22:30:00Z')).toBe('सुबह 4:00');
    expect(english.moment('2026-12-01T01:00:00Z')).toBe('Tuesday 1 December, 6:30 am');
    expect(hindi.moment('2026-12-01T01:00:00Z')).toBe('मंगलवार, 1 दिसंबर, सुबह 6:30 बजे');
    const samoa = new Wording('en', { ...PUNE, timeZone: 'Pacific/Pago_Pago' });
    expect([samoa.date('2026-12-01'), samoa.date('2026-12-02')]).toEqual([
      'Tuesday 1 December',
      'Wednesday 2 December',
    ]);
  });

  it('list products with their quantities', () => {
    const lines = [{ qty: 2, name: 'Curd' }, { qty: 1, name: 'Ghee' }, { qty: 3 }];
    expect(english.lines(lines)).toBe('2 × Curd, 1 × Ghee and 3 × a product that is no longer sold');
    expect(hindi.lines(lines.slice(0, 2))).toBe('2 × Curd और 1 × Ghee');
    expect(english.lines([])).toBeUndefined();
  });

  it('keep what an earlier version wrote as text, and miss anything else', () => {
    for (const method of ['amount', 'date', 'time', 'moment', 'lines'] as const) {
      expect(english[method]('as it is')).toBe('as it is');
      for (const value of [undefined, null, '', {}, true]) expect(english[method](value)).toBeUndefined();
    }
  });

  it('do not contain special spaces, with which an SMS holds fewer characters', () => {
    for (const text of [english.moment('2026-12-01T13:00:00Z'), english.amount(8_400), hindi.amount(8_400)]) {
      expect(text).not.toMatch(/[\u00a0\u2000-\u200f\u202f]/);
    }
  });

  it('leave out a text that lacks a value', () => {
    expect(english.say('paused_until', { to: undefined })).toBeUndefined();
    expect(english.sayFirst(['paused_until', 'paused_open'], {})).toBe(
      'Resume your subscription when you want them again.',
    );
  });

  it('take values as they are, on one line', () => {
    const name = "{x} {{y}} <b>'{z}'</b>\r\nBcc: all@example.com\u2028end";
    expect(english.say('greeting_by_name', { name })).toBe("Hello {x} {{y}} <b>'{z}'</b> Bcc: all@example.com end");
  });
});
