import { addDays, type LocalDate } from '../../../kernel/calendar';
import { sumEqualProducts } from '../../../kernel/lines';
import { InvalidRequest } from '../../../platform/errors';
import { checkLineLimits, isSameLines } from './delivery-lines';
import { isSameFrequency, normalized } from './frequency';
import { termsOn } from './occurrence';
import type { ChangeWindow, Subscription, Terms } from './subscription';
import { CutoffPassed } from './subscription.errors';

/**
 * A requested change of terms. Fields that are left out stay as they are; a null end date removes the end. An address
 * without `followsProfile` is the subscription's own.
 */
export interface TermsChange extends Partial<Omit<Terms, 'from' | 'anchor'>> {
  readonly endDate?: LocalDate | null;
}

/** The first date for which new terms can apply. */
export function effectiveFrom(
  { startDate }: Pick<Subscription, 'startDate'>,
  { firstOpenDate }: ChangeWindow,
): LocalDate {
  return firstOpenDate > startDate ? firstOpenDate : startDate;
}

/**
 * Applies new terms from the first open date on, or from the start if that is later. Closed dates keep the old terms. A
 * new pattern counts its days from the date on which it takes effect; an unchanged pattern continues.
 */
export function changeTerms(subscription: Subscription, change: TermsChange, window: ChangeWindow): Subscription {
  const from = effectiveFrom(subscription, window);
  const endDate = changedEndDate(subscription, change, window);
  const terms = changedTerms(subscription, change, from);
  if (terms === subscription.terms && endDate === subscription.endDate) return subscription;
  return { ...subscription, terms, endDate };
}

/** Replaces an address that was taken from the customer's profile, from the first open date on. */
export function withProfileAddress(subscription: Subscription, address: string, window: ChangeWindow): Subscription {
  const { followsProfile } = subscription.terms.at(-1) as Terms;
  return followsProfile ? changeTerms(subscription, { address, followsProfile }, window) : subscription;
}

function changedTerms(subscription: Subscription, change: TermsChange, from: LocalDate): readonly Terms[] {
  const { terms } = subscription;
  const latest = terms.at(-1) as Terms;
  const followsProfile = change.address === undefined ? latest.followsProfile : change.followsProfile;
  const requested = {
    frequency: normalized(change.frequency ?? latest.frequency),
    items: change.items ? sumEqualProducts(change.items) : latest.items,
    deliverySlot: change.deliverySlot ?? latest.deliverySlot,
    paymentMethod: change.paymentMethod ?? latest.paymentMethod,
    address: change.address ?? latest.address,
    ...(followsProfile && { followsProfile }),
  };
  checkLineLimits(requested.items, requested.frequency);
  if (isSameTerms(requested, latest)) return terms;

  const closedTerms = terms.filter((older) => older.from < from);
  const previous = closedTerms.length > 0 ? termsOn(subscription, addDays(from, -1)) : undefined;
  if (previous && isSameTerms(requested, previous)) return closedTerms;
  const newAnchor = previous && isSameFrequency(previous.frequency, requested.frequency) ? previous.anchor : from;
  return [...closedTerms, { from, anchor: newAnchor, ...requested }];
}

function changedEndDate(subscription: Subscription, { endDate }: TermsChange, { firstOpenDate }: ChangeWindow) {
  if (endDate === undefined || endDate === subscription.endDate) return subscription.endDate;
  if (endDate === null) return undefined;
  checkEndDate(subscription.startDate, endDate);
  if (addDays(endDate, 1) < firstOpenDate) throw new CutoffPassed(firstOpenDate);
  return endDate;
}

export function checkEndDate(startDate: LocalDate, endDate: LocalDate | undefined): void {
  if (endDate === undefined || endDate >= startDate) return;
  throw new InvalidRequest([{ field: 'endDate', message: `endDate must not be before startDate (${startDate})` }]);
}

function isSameTerms(one: Omit<Terms, 'from' | 'anchor'>, other: Omit<Terms, 'from' | 'anchor'>): boolean {
  return (
    isSameFrequency(one.frequency, other.frequency) &&
    isSameLines(one.items, other.items) &&
    one.deliverySlot === other.deliverySlot &&
    one.address === other.address &&
    one.followsProfile === other.followsProfile &&
    one.paymentMethod === other.paymentMethod
  );
}
