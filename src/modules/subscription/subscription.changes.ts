import { Injectable } from '@nestjs/common';
import { addMinutes, type LocalDate } from '../../kernel/calendar';
import type { SubscriptionId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { retryOnConflict, TooMuchContention } from '../../platform/dynamo/retry-on-conflict';
import { InvalidRequest, StaleVersion } from '../../platform/errors';
import type { DomainEvent } from '../../platform/events/outbox';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { Cutoff } from './cutoff';
import { override, skip, unskip } from './exceptions';
import { GRACE_MINUTES } from './generation';
import { checkQuantities, sumEqualProducts } from './items';
import { cancel, checkOpen, pruned, standing, type StandingSubscription } from './lifetime';
import { pause, resume } from './pauses';
import type { Days, Line, Pause, Subscription } from './subscription';
import { SubscriptionChanged } from './subscription.errors';
import { SubscriptionRepository } from './subscription.repository';
import { SubscriptionService } from './subscription.service';
import { changeTerms, effectiveFrom, type TermsChange } from './terms';

/** Whose wish it is, and how it was sent. */
export interface Asked {
  readonly caller: Caller;
  readonly once?: IdempotentRequest;
  /** The version the caller has read, when any other is to be refused. */
  readonly expected?: number;
}

/** What becomes of a subscription, the first date for which it does, and what is told of it. */
interface Change {
  readonly changed: Subscription;
  readonly from: LocalDate;
  readonly event: DomainEvent;
}

type Decide = (subscription: Subscription, days: Days) => Change;

/**
 * What customers change of their subscriptions. Every change holds from a date that is open; what is closed stays as it
 * was, and when generation is faster the customer is told. A change that changes nothing is answered alike and told to
 * nobody. All: `subscription.not_found`, and `subscription.ended` when no date is left that could be changed.
 */
@Injectable()
export class SubscriptionChanges {
  constructor(
    private readonly repository: SubscriptionRepository,
    private readonly subscriptions: SubscriptionService,
    private readonly cutoff: Cutoff,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /**
   * Other items, pattern, slot, address, way to pay or end, from the first open date on; emits `subscription.updated`.
   * `request.invalid`, `product.not_found`, `request.stale`; `subscription.cutoff_passed` when it should end on a closed
   * date.
   */
  async update(id: SubscriptionId, change: TermsChange, asked: Asked): Promise<StandingSubscription> {
    const changed = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (changed.length === 0) {
      throw new InvalidRequest([{ field: 'body', message: 'say what to change: items, frequency, deliverySlot, …' }]);
    }
    if (change.items) await this.subscriptions.checkOnSale(change.items);
    return this.change(id, asked, (subscription, days) => {
      const from = effectiveFrom(subscription, days);
      const event = { type: 'subscription.updated', ...factsOf(subscription), changed, effectiveFrom: from } as const;
      return { changed: changeTerms(subscription, change, days), from, event };
    });
  }

  /**
   * Nothing comes on the dates of a range, both included, or until it is resumed; emits `subscription.paused`.
   * `request.invalid`, `subscription.cutoff_passed`, `subscription.too_many_pauses`.
   */
  async pause(id: SubscriptionId, range: Pause, asked: Asked): Promise<StandingSubscription> {
    return this.change(id, asked, (subscription, days) => ({
      changed: pause(subscription, range, days),
      from: range.from,
      event: { type: 'subscription.paused', ...factsOf(subscription), ...range },
    }));
  }

  /**
   * Ends the running pause, or withdraws the planned one that begins on `planned`; emits `subscription.resumed`.
   * `subscription.not_paused`.
   */
  async resume(id: SubscriptionId, planned: LocalDate | undefined, asked: Asked): Promise<StandingSubscription> {
    return this.change(id, asked, (subscription, days) => {
      const from = planned !== undefined && planned > days.firstOpenDate ? planned : days.firstOpenDate;
      const event = { type: 'subscription.resumed', ...factsOf(subscription), from } as const;
      return { changed: resume(subscription, planned, days), from, event };
    });
  }

  /** Nothing comes from the first open date on, for good; emits `subscription.cancelled`. */
  async cancel(id: SubscriptionId, asked: Asked): Promise<StandingSubscription> {
    return this.change(id, asked, (subscription, days) => {
      const from = days.firstOpenDate;
      const event = { type: 'subscription.cancelled', ...factsOf(subscription), from } as const;
      return { changed: cancel(subscription, days), from, event };
    });
  }

  /**
   * Nothing comes on one date; emits `subscription.skipped`. `subscription.cutoff_passed`, `subscription.date_not_due`,
   * `subscription.too_many_exceptions`.
   */
  async skip(id: SubscriptionId, date: LocalDate, asked: Asked): Promise<StandingSubscription> {
    return this.change(id, asked, (subscription, days) => ({
      changed: skip(subscription, date, days),
      from: date,
      event: { type: 'subscription.skipped', ...factsOf(subscription), date },
    }));
  }

  /**
   * One date that was skipped or overridden follows the pattern again; emits `subscription.updated`.
   * `subscription.cutoff_passed`, `subscription.not_skipped`.
   */
  async unskip(id: SubscriptionId, date: LocalDate, asked: Asked): Promise<StandingSubscription> {
    return this.change(id, asked, (subscription, days) => ({
      changed: unskip(subscription, date, days),
      from: date,
      event: exceptionChanged(subscription, date),
    }));
  }

  /**
   * Other items come on one date, whatever the pattern says; emits `subscription.updated`. `request.invalid`,
   * `product.not_found`, `subscription.cutoff_passed`, `subscription.date_not_due` while it is paused, not begun or
   * ended, `subscription.too_many_exceptions`.
   */
  async override(
    id: SubscriptionId,
    date: LocalDate,
    wanted: readonly Line[],
    asked: Asked,
  ): Promise<StandingSubscription> {
    const items = sumEqualProducts(wanted);
    checkQuantities(items);
    await this.subscriptions.checkOnSale(items);
    return this.change(id, asked, (subscription, days) => ({
      changed: override(subscription, date, items, days),
      from: date,
      event: exceptionChanged(subscription, date),
    }));
  }

  private async change(
    id: SubscriptionId,
    { caller, once, expected }: Asked,
    decide: Decide,
  ): Promise<StandingSubscription> {
    // It counts when it came, however often it is decided anew; but not for longer than generation waits for it.
    const now = this.clock.now();
    const until = addMinutes(now, GRACE_MINUTES);
    return this.idempotency.run(once, () =>
      retryOnConflict(SubscriptionChanged, async () => {
        if (this.clock.now() > until) throw new TooMuchContention();
        const seen = await this.subscriptions.ownedBy(id, caller);
        if (expected !== undefined && expected !== seen.version) throw new StaleVersion();
        const days = this.cutoff.daysAt(now, seen.generatedThrough);
        checkOpen(seen, days);
        return this.commit(seen, decide(seen, days), days, once);
      }),
    );
  }

  private async commit(
    seen: Subscription,
    { changed, from, event }: Change,
    days: Days,
    once: IdempotentRequest | undefined,
  ): Promise<StandingSubscription> {
    if (changed === seen) {
      const same = standing(seen, days);
      const answered = this.idempotency.recordResponse(once, same);
      if (answered) await this.transaction.commit([answered]);
      return same;
    }
    const kept = pruned(changed, days);
    const answer = standing({ ...kept, version: seen.version + 1 }, days);
    await this.transaction.commit(
      [this.idempotency.recordResponse(once, answer), this.repository.change(seen, kept, from)],
      [event],
    );
    return answer;
  }
}

function factsOf({ subscriptionId, userId }: Subscription) {
  return { subscriptionId, userId };
}

function exceptionChanged(subscription: Subscription, date: LocalDate): DomainEvent {
  return { type: 'subscription.updated', ...factsOf(subscription), changed: ['exceptions'], effectiveFrom: date };
}
