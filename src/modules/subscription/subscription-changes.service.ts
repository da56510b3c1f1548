import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import { addMinutes, type LocalDate } from '../../kernel/calendar';
import type { SubscriptionId } from '../../kernel/ids';
import { type Line, sumEqualProducts } from '../../kernel/lines';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { retryOnConflict, TooMuchContention } from '../../platform/dynamo/retry-on-conflict';
import { InvalidRequest, StaleVersion } from '../../platform/errors';
import type { Write } from '../../platform/dynamo/write';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { changeTerms, effectiveFrom, type TermsChange } from './domain/change-terms';
import { Cutoff, CUTOFF_GRACE_MINUTES } from './domain/cutoff';
import { override, skip, unskip } from './domain/date-overrides';
import { checkLineLimits } from './domain/delivery-lines';
import { cancel, checkNotEnded, pruneHistory, type SubscriptionView, withStatus } from './domain/lifecycle';
import { pause, resume } from './domain/pauses';
import type { ChangeWindow, Pause, Subscription } from './domain/subscription';
import { SubscriptionConflict } from './domain/subscription.errors';
import { SubscriptionLimit } from './subscription-limit.service';
import { SubscriptionRepository } from './subscription.repository';
import { SubscriptionService } from './subscription.service';

/** The caller of a change and the headers of the request. */
export interface ChangeContext {
  readonly caller: Caller;
  readonly idempotencyKey?: IdempotentRequest;
  /** The version that the caller expects. Undefined if any version will do. */
  readonly expected?: number;
}

/** The changed subscription, the first date that changes, and the event. */
interface AppliedChange {
  readonly changed: Subscription;
  readonly from: LocalDate;
  readonly event: DomainEvent;
  /** A condition for the transaction of the change. */
  readonly guard?: Write;
}

type ApplyChange = (subscription: Subscription, window: ChangeWindow) => AppliedChange | Promise<AppliedChange>;

/** As `TermsChange`. A null address is replaced by that of the profile, which the subscription then follows. */
export type RequestedTermsChange = Omit<TermsChange, 'address' | 'followsProfile'> & {
  readonly address?: string | null;
};

/**
 * Changes of subscriptions by their customers. Every change applies from an open date on; closed dates stay as they
 * are. If generation decides a date first, a change of that date is refused with `subscription.cutoff_passed`. All
 * other changes then apply from the next open date. A change without effect returns the subscription and emits no
 * event. All methods: `subscription.not_found`, `request.stale`, and `subscription.ended` if no open date is left.
 */
@Injectable()
export class SubscriptionChanges {
  constructor(
    private readonly repository: SubscriptionRepository,
    private readonly subscriptions: SubscriptionService,
    private readonly limit: SubscriptionLimit,
    private readonly cutoff: Cutoff,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes items, pattern, slot, address, payment method or end date from the first open date on. Emits
   * `subscription.updated`. `request.invalid`, `product.not_found`; `order.address_missing` if the address is to follow
   * the profile, which has none; `payment.cod_limit`; `subscription.cutoff_passed` if the new end date is closed.
   */
  async update(id: SubscriptionId, change: RequestedTermsChange, context: ChangeContext): Promise<SubscriptionView> {
    const changedFields = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (changedFields.length === 0) {
      throw new InvalidRequest([
        { field: 'body', message: 'the request changes nothing: send items, frequency or another field' },
      ]);
    }
    if (change.items) await this.subscriptions.checkOnSale(change.items);
    return this.change(id, context, async (subscription, window) => {
      const { address, followsProfile, guard } = await this.addressOf(subscription, change.address);
      const from = effectiveFrom(subscription, window);
      const event = {
        type: 'subscription.updated',
        ...idsOf(subscription),
        changed: changedFields,
        effectiveFrom: from,
      } as const;
      const changed = changeTerms(subscription, { ...change, address, followsProfile }, window);
      await this.limit.checkChange(changed, subscription);
      return { changed, from, event, guard };
    });
  }

  /**
   * Pauses deliveries for a range of dates, both ends included, or until the customer resumes. Emits
   * `subscription.paused`. `request.invalid`, `subscription.cutoff_passed`, `subscription.too_many_pauses`.
   */
  async pause(id: SubscriptionId, range: Pause, context: ChangeContext): Promise<SubscriptionView> {
    return this.change(id, context, (subscription, window) => ({
      changed: pause(subscription, range, window),
      from: range.from,
      event: { type: 'subscription.paused', ...idsOf(subscription), ...range },
    }));
  }

  /**
   * Ends the running pause, or removes the planned one that begins on `plannedFrom`. Emits `subscription.resumed`.
   * `subscription.not_paused`.
   */
  async resume(
    id: SubscriptionId,
    plannedFrom: LocalDate | undefined,
    context: ChangeContext,
  ): Promise<SubscriptionView> {
    return this.change(id, context, (subscription, window) => {
      const from = plannedFrom !== undefined && plannedFrom > window.firstOpenDate ? plannedFrom : window.firstOpenDate;
      const event = { type: 'subscription.resumed', ...idsOf(subscription), from } as const;
      return { changed: resume(subscription, plannedFrom, window), from, event };
    });
  }

  /** Cancels a subscription from the first open date on. Emits `subscription.cancelled`. */
  async cancel(id: SubscriptionId, context: ChangeContext): Promise<SubscriptionView> {
    return this.change(id, context, (subscription, window) => {
      const from = window.firstOpenDate;
      const event = { type: 'subscription.cancelled', ...idsOf(subscription), from } as const;
      return { changed: cancel(subscription, window), from, event };
    });
  }

  /**
   * Skips the delivery of a date. Emits `subscription.skipped`. `subscription.cutoff_passed`,
   * `subscription.date_not_due`, `subscription.too_many_exceptions`.
   */
  async skip(id: SubscriptionId, date: LocalDate, context: ChangeContext): Promise<SubscriptionView> {
    return this.change(id, context, (subscription, window) => ({
      changed: skip(subscription, date, window),
      from: date,
      event: { type: 'subscription.skipped', ...idsOf(subscription), date },
    }));
  }

  /**
   * Removes the skip or override of a date. Emits `subscription.updated`. `subscription.cutoff_passed`,
   * `subscription.not_skipped`.
   */
  async unskip(id: SubscriptionId, date: LocalDate, context: ChangeContext): Promise<SubscriptionView> {
    return this.change(id, context, (subscription, window) => ({
      changed: unskip(subscription, date, window),
      from: date,
      event: overrideChangedEvent(subscription, date),
    }));
  }

  /**
   * Replaces the items of a date, whatever the pattern says. Emits `subscription.updated`. `request.invalid`,
   * `product.not_found`, `payment.cod_limit`, `subscription.cutoff_passed`, `subscription.too_many_exceptions`;
   * `subscription.date_not_due`
   * if the subscription is paused on the date, has not started or has ended.
   */
  async override(
    id: SubscriptionId,
    date: LocalDate,
    lines: readonly Line[],
    context: ChangeContext,
  ): Promise<SubscriptionView> {
    const items = sumEqualProducts(lines);
    checkLineLimits(items);
    await this.subscriptions.checkOnSale(items);
    return this.change(id, context, async (subscription, window) => {
      const changed = override(subscription, date, items, window);
      await this.limit.checkChange(changed, subscription);
      return { changed, from: date, event: overrideChangedEvent(subscription, date) };
    });
  }

  /** A requested address. Null: that of the profile, with the condition that it has not changed. */
  private async addressOf(
    { userId }: Subscription,
    requested: string | null | undefined,
  ): Promise<{ readonly address?: string; readonly followsProfile?: true; readonly guard?: Write }> {
    if (requested !== null) return { address: requested };
    const address = await this.subscriptions.addressOf(userId);
    return { address, followsProfile: true, guard: this.subscriptions.requireActive(userId, address) };
  }

  private async change(
    id: SubscriptionId,
    { caller, idempotencyKey, expected }: ChangeContext,
    apply: ApplyChange,
  ): Promise<SubscriptionView> {
    // The time of arrival counts, however often the change is retried. It must be stored within the grace period.
    const now = this.clock.now();
    const deadline = addMinutes(now, CUTOFF_GRACE_MINUTES);
    return this.idempotency.run(idempotencyKey, () =>
      retryOnConflict(SubscriptionConflict, async () => {
        if (this.clock.now() > deadline) throw new TooMuchContention();
        const current = await this.subscriptions.getOwned(id, caller);
        if (expected !== undefined && expected !== current.version) throw new StaleVersion();
        const window = this.cutoff.changeWindowAt(now, current.generatedThrough);
        checkNotEnded(current, window);
        return this.commit(current, await apply(current, window), window, idempotencyKey);
      }),
    );
  }

  private async commit(
    current: Subscription,
    { changed, from, event, guard }: AppliedChange,
    window: ChangeWindow,
    idempotencyKey: IdempotentRequest | undefined,
  ): Promise<SubscriptionView> {
    if (changed === current) {
      const unchanged = withStatus(current, window);
      const idempotencyWrite = this.idempotency.recordResponse(idempotencyKey, unchanged);
      if (idempotencyWrite) await this.transaction.commit([idempotencyWrite]);
      return unchanged;
    }
    const next = pruneHistory(changed, window);
    const view = withStatus({ ...next, version: current.version + 1 }, window);
    await this.transaction.commit(
      [this.idempotency.recordResponse(idempotencyKey, view), this.repository.update(current, next, from), guard],
      [event],
    );
    return view;
  }
}

function idsOf({ subscriptionId, userId }: Subscription) {
  return { subscriptionId, userId };
}

function overrideChangedEvent(subscription: Subscription, date: LocalDate): DomainEvent {
  return { type: 'subscription.updated', ...idsOf(subscription), changed: ['exceptions'], effectiveFrom: date };
}
