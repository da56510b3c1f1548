import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import { addDays, type Instant } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { collectAll } from '../../platform/dynamo/cursor';
import type { Write } from '../../platform/dynamo/write';
import { type AccountChange, AccountChangeConflict, type AccountEffects, AccountHooks } from '../user';
import { isBlocked, withBlock } from './domain/blocks';
import { effectiveFrom, withProfileAddress } from './domain/change-terms';
import { Cutoff } from './domain/cutoff';
import { pruneHistory } from './domain/lifecycle';
import { hasEndedBy } from './domain/occurrence';
import type { Subscription } from './domain/subscription';
import { SubscriptionRepository } from './subscription.repository';

const PAGE_SIZE = 100;

/**
 * What a change of a customer's account does to their subscriptions, in the same transaction: a block stops deliveries,
 * and a new address of the profile replaces the one that subscriptions have taken from it.
 */
@Injectable()
export class SubscriptionAccountEffects implements OnModuleInit {
  constructor(
    private readonly accountHooks: AccountHooks,
    private readonly repository: SubscriptionRepository,
    private readonly cutoff: Cutoff,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.accountHooks.register((change) => this.effectsOf(change));
  }

  private async effectsOf(change: AccountChange): Promise<AccountEffects> {
    if (change.address === undefined && change.blocked === undefined) return { writes: [], events: [] };
    const subscriptions = await collectAll(PAGE_SIZE, (page) => this.repository.ofUser(change.userId, page));
    const now = this.clock.now();
    const effects = subscriptions.flatMap((subscription) => this.effectOn(subscription, change, now) ?? []);
    return { writes: effects.map(({ write }) => write), events: effects.flatMap(({ events }) => events) };
  }

  private effectOn(
    subscription: Subscription,
    { address, blocked }: AccountChange,
    now: Instant,
  ): { readonly write: Write; readonly events: readonly DomainEvent[] } | undefined {
    const window = this.cutoff.changeWindowAt(now, subscription.generatedThrough);
    const firstUndecided = addDays(subscription.generatedThrough, 1);
    if (hasEndedBy(subscription, firstUndecided) && !isBlocked(subscription)) return undefined;
    const moved = address === undefined ? subscription : withProfileAddress(subscription, address, window);
    const changed = blocked === undefined ? moved : withBlock(moved, blocked, window);
    if (changed === subscription) return undefined;
    const { subscriptionId, userId } = subscription;
    const write = this.repository.update(subscription, pruneHistory(changed, window), firstUndecided);
    const event = {
      type: 'subscription.updated',
      subscriptionId,
      userId,
      changed: ['address'],
      effectiveFrom: effectiveFrom(subscription, window),
    } as const;
    return {
      write: { ...write, onConditionFailed: () => new AccountChangeConflict() },
      events: moved === subscription ? [] : [event],
    };
  }
}
