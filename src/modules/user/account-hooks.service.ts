import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import type { UserId } from '../../kernel/ids';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { Transaction } from '../../platform/transaction/transaction';
import { AccountChangeConflict } from './domain/user.errors';

/** A change of an account that concerns other modules. */
export interface AccountChange {
  readonly userId: UserId;
  /** The new address of the profile. */
  readonly address?: string;
  readonly blocked?: boolean;
}

/** What a hook adds to the transaction of a change. Its writes fail with `AccountChangeConflict` if they are stale. */
export interface AccountEffects {
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}
export type AccountHook = (change: AccountChange) => Promise<AccountEffects>;

/** Leaves room in the transaction for the account itself. */
const WRITES_PER_TRANSACTION = 90;

/** Commits changes of an account together with what other modules must change with it. */
@Injectable()
export class AccountHooks {
  private readonly hooks: AccountHook[] = [];

  constructor(private readonly transaction: Transaction) {}

  /** Adds a hook. The subscription module registers one, because it imports this module and not the other way round. */
  register(hook: AccountHook): void {
    this.hooks.push(hook);
  }

  /**
   * Commits the writes and events of a change with those of the hooks. Too many for one transaction are committed before
   * it, so that the account itself changes last, and a repeated request completes what a crash has interrupted.
   */
  async commit(
    change: AccountChange,
    accountWrites: readonly Write[],
    accountEvents: readonly DomainEvent[] = [],
  ): Promise<void> {
    await this.commitWithEffects(change, accountWrites, accountEvents);
    // What another request has created since the hooks have read, and before the account has changed.
    await this.commitWithEffects(change, [], []);
  }

  private async commitWithEffects(
    change: AccountChange,
    accountWrites: readonly Write[],
    accountEvents: readonly DomainEvent[],
  ): Promise<void> {
    await retryOnConflict(AccountChangeConflict, async () => {
      const effects = await Promise.all(this.hooks.map((hook) => hook(change)));
      const writes = effects.flatMap((effect) => effect.writes);
      const events = [...accountEvents, ...effects.flatMap((effect) => effect.events)];
      while (writes.length > WRITES_PER_TRANSACTION) {
        await this.transaction.commit(writes.splice(0, WRITES_PER_TRANSACTION));
      }
      const allWrites = [...accountWrites, ...writes];
      if (allWrites.length > 0) await this.transaction.commit(allWrites, events);
    });
  }
}
