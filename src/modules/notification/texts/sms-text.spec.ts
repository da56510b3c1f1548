import type { Language } from '../../../kernel/language';
import { type Draft, SMS_TYPES } from '../domain/notification';
import { headlineOf } from './message-texts';
import { gsmLengthOf, smsTextOf } from './sms-text';
import { Wording } from './wording';

const PUNE = { currency: 'INR', country: 'IN', timeZone: 'Asia/Kolkata' };
const FACTS = { dairy: { name: 'Sunrise Dairy' } };
/** On Wednesday 30 September, one of the longest dates. */
const update = { orderId: 'O101', deliverySlot: '2026-09-30T05:00:00Z' };
const REASONS = [
  'CUSTOMER_UNAVAILABLE',
  'ADDRESS_NOT_FOUND',
  'REFUSED',
  'DAMAGED',
  'SPOILED',
  'VEHICLE',
  'OTHER',
  'NEWER',
];
const low = { balance: 128_950, threshold: 200_000, shortOn: '2026-09-30' };

/** Every SMS, with the longest values that are usual. */
const DRAFTS: Pick<Draft, 'type' | 'data'>[] = [
  ...['PICKED_UP', 'IN_TRANSIT', 'DELIVERED'].map((status) => ({ ...update, status })),
  ...REASONS.map((reason) => ({ ...update, status: 'FAILED', reason })),
]
  .flatMap((data) => [data, { ...data, door: 'O100' }])
  .map((data): Pick<Draft, 'type' | 'data'> => ({ type: 'DELIVERY_UPDATE', data }))
  .concat(
    [{ balance: 128_950, threshold: 200_000 }, low, { ...low, deliveries: 1 }, { ...low, deliveries: 12 }].map(
      (data) => ({ type: 'LOW_BALANCE', data }),
    ),
  );

const textsIn = (language: Language) => {
  const wording = new Wording(language, PUNE);
  return DRAFTS.map((draft) => smsTextOf(headlineOf(draft, FACTS, wording) ?? ''));
};

/** How many SMS a text is sent and paid as. Each of several has a header. */
function smsSegmentsOf(text: string): number {
  const gsmLength = gsmLengthOf(text);
  if (gsmLength !== undefined) return gsmLength <= 160 ? 1 : Math.ceil(gsmLength / 153);
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}

describe('the text of an SMS', () => {
  it('fits into one segment in English', () => {
    expect(textsIn('en').filter((text) => smsSegmentsOf(text) > 1)).toEqual([]);
  });

  it('fits into one segment in Hindi, or into two if it also gives a date and a reason', () => {
    const texts = textsIn('hi');
    const longer = texts.filter((text) => smsSegmentsOf(text) > 1);
    expect(Math.max(...texts.map(smsSegmentsOf))).toBe(2);
    expect(longer.filter((text) => !/सितंबर.*(नहीं हो सकी: |के लिए कम)/.test(text))).toEqual([]);
  });

  it('is checked for every type that is sent as SMS', () => {
    expect(new Set(DRAFTS.map(({ type }) => type))).toEqual(new Set(SMS_TYPES));
  });

  it('has plain characters instead of typographic ones only if it needs no others', () => {
    expect(smsTextOf('Your “wallet” – it’s ₹1,289.50…')).toBe('Your "wallet" - it\'s Rs 1,289.50...');
    expect(smsTextOf('वॉलेट में ₹50 – कम')).toBe('वॉलेट में ₹50 – कम');
  });
});
