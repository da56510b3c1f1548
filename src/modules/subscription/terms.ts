import { addDays, type LocalDate } from '../../kernel/calendar';
import { InvalidRequest } from '../../platform/errors';
import { isSameFrequency, plain } from './frequency';
import { checkQuantities, isSameItems, sumEqualProducts } from './items';
import { termsOn } from './occurrence';
import type { Days, Subscription, Terms } from './subscription';
import { CutoffPassed } from './subscription.errors';

/** What a customer wishes to be different; what is left out stays, and a null end is none. */
export interface TermsChange extends Partial<Omit<Terms, 'from' | 'anchor'>> {
  readonly endDate?: LocalDate | null;
}

/** The first date for which other terms can hold. */
export function effectiveFrom({ startDate }: Pick<Subscription, 'startDate'>, { firstOpenDate }: Days): LocalDate {
  return firstOpenDate > startDate ? firstOpenDate : startDate;
}

/**
 * Other terms from the first open date on (from the start, where that is later); for dates that are closed the old ones
 * stay. A new pattern counts from the date on which it takes effect; one that is not new counts on.
 */
export function changeTerms(subscription: Subscription, change: TermsChange, days: Days): Subscription {
  const from = effectiveFrom(subscription, days);
  const endDate = changedEnd(subscription, change, days);
  const terms = termsFrom(subscription, change, from);
  if (terms === subscription.terms && endDate === subscription.endDate) return subscription;
  return { ...subscription, terms, endDate };
}

function termsFrom(subscription: Subscription, change: TermsChange, from: LocalDate): readonly Terms[] {
  const { terms } = subscription;
  const latest = terms.at(-1) as Terms;
  const wished = {
    frequency: plain(change.frequency ?? latest.frequency),
    items: change.items ? sumEqualProducts(change.items) : latest.items,
    deliverySlot: change.deliverySlot ?? latest.deliverySlot,
    address: change.address ?? latest.address,
    paymentMethod: change.paymentMethod ?? latest.paymentMethod,
  };
  checkQuantities(wished.items, wished.frequency);
  if (isSame(wished, latest)) return terms;

  const closed = terms.filter((older) => older.from < from);
  const before = closed.length > 0 ? termsOn(subscription, addDays(from, -1)) : undefined;
  if (before && isSame(wished, before)) return closed;
  const counted = before && isSameFrequency(before.frequency, wished.frequency) ? before.anchor : from;
  return [...closed, { from, anchor: counted, ...wished }];
}

function changedEnd(subscription: Subscription, { endDate }: TermsChange, { firstOpenDate }: Days) {
  if (endDate === undefined || endDate === subscription.endDate) return subscription.endDate;
  if (endDate === null) return undefined;
  checkEnd(subscription.startDate, endDate);
  if (addDays(endDate, 1) < firstOpenDate) throw new CutoffPassed(firstOpenDate);
  return endDate;
}

export function checkEnd(startDate: LocalDate, endDate: LocalDate | undefined): void {
  if (endDate === undefined || endDate >= startDate) return;
  throw new InvalidRequest([{ field: 'endDate', message: `endDate must not be before startDate (${startDate})` }]);
}

function isSame(one: Omit<Terms, 'from' | 'anchor'>, other: Omit<Terms, 'from' | 'anchor'>): boolean {
  return (
    isSameFrequency(one.frequency, other.frequency) &&
    isSameItems(one.items, other.items) &&
    one.deliverySlot === other.deliverySlot &&
    one.address === other.address &&
    one.paymentMethod === other.paymentMethod
  );
}
