import { Calendar } from '../../../kernel/calendar';
import { isOutdated, quietUntil, waitsInQuietHours } from './quiet-hours';

describe('quiet hours', () => {
  const india = new Calendar('Asia/Kolkata');
  const night = { from: '21:00', to: '08:00' };

  it.each([
    ['2026-12-01T15:29:59Z', undefined],
    ['2026-12-01T15:30:00Z', '2026-12-02T02:30:00Z'],
    ['2026-12-01T18:29:59Z', '2026-12-02T02:30:00Z'],
    ['2026-12-01T18:30:00Z', '2026-12-02T02:30:00Z'],
    ['2026-12-02T02:29:59Z', '2026-12-02T02:30:00Z'],
    ['2026-12-02T02:30:00Z', undefined],
  ])('over night: at %s they end at %s', (now, end) => {
    expect(quietUntil(now, night, india)).toBe(end);
  });

  it.each([
    ['2026-12-01T07:29:00Z', undefined],
    ['2026-12-01T07:30:00Z', '2026-12-01T09:30:00Z'],
    ['2026-12-01T09:30:00Z', undefined],
  ])('within a day: at %s they end at %s', (now, end) => {
    expect(quietUntil(now, { from: '13:00', to: '15:00' }, india)).toBe(end);
  });

  it('follow daylight saving', () => {
    const berlin = new Calendar('Europe/Berlin');
    expect(quietUntil('2026-10-24T20:00:00Z', night, berlin)).toBe('2026-10-25T07:00:00Z');
    expect(quietUntil('2026-10-23T20:00:00Z', night, berlin)).toBe('2026-10-24T06:00:00Z');
    const short = { from: '21:00', to: '02:30' };
    expect(quietUntil('2026-10-25T00:29:59Z', short, berlin)).toBe('2026-10-25T00:30:00Z');
    // The second 02:10 of the night.
    expect(quietUntil('2026-10-25T01:10:00Z', short, berlin)).toBeUndefined();
  });

  it('delay only what can wait, and not beyond its use', () => {
    expect(waitsInQuietHours('LOW_BALANCE')).toBe(true);
    expect(waitsInQuietHours('DELIVERY_UPDATE')).toBe(false);
    const warning = { data: { shortOn: '2026-12-02', balance: 500 } };
    expect(isOutdated(warning, '2026-12-01', 500)).toBe(false);
    expect(isOutdated(warning, '2026-12-01', 400)).toBe(false);
    expect(isOutdated(warning, '2026-12-01', 501)).toBe(true);
    expect(isOutdated(warning, '2026-12-02', 500)).toBe(true);
    expect(isOutdated({ data: {} }, '2026-12-02', 500)).toBe(false);
  });
});
