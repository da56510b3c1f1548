import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { Write } from '../../platform/dynamo/write';
import { Unavailable } from '../../platform/errors';
import { type Entry, entryOf, makesLow, type Movement, type Shortfall, sumOf, type Wallet } from './wallet';
import { WalletMoved } from './wallet.errors';
import { WalletRepository } from './wallet.repository';

/** Movements of one wallet as they are written: the caller commits the writes and the events with its own. */
export interface Moving {
  readonly entries: readonly Entry[];
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}

const ATTEMPTS = 10;

/** How money moves, in whoever's transaction: the entries and the balance together, or not at all. */
@Injectable()
export class WalletMovements {
  constructor(
    private readonly repository: WalletRepository,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * The writes of movements of one wallet: an entry each, and one update of the balance. In minor units. A write that
   * is refused says why: `MovedBefore`; `wallet.insufficient_balance`, since no balance falls below zero; `WalletMoved`
   * when the debit takes the balance below the customer's threshold, and nobody knew. So a debit of a wallet that was
   * `seen` brings `wallet.balance_low`, if it does and the customer was not told of it today; without, it is first tried
   * as one that does not.
   */
  writesOf(userId: UserId, movements: readonly Movement[], seen?: Wallet): Moving {
    const entries = movements.map((movement) => entryOf(userId, movement, this.clock.now()));
    const entered = entries.map((entry) => this.repository.enter(entry));
    const sum = sumOf(movements);
    if (sum >= 0) return { entries, writes: [...entered, this.repository.credit(userId, sum)], events: [] };
    const leaving = -sum;
    if (!seen || !makesLow(seen, leaving)) {
      return { entries, writes: [...entered, this.repository.debit(userId, leaving)], events: [] };
    }
    const { balance, lowBalanceThreshold, toldOn } = seen;
    const { today } = this;
    const news = { type: 'wallet.balance_low', userId, balance: balance - leaving, lowBalanceThreshold } as const;
    return {
      entries,
      writes: [...entered, this.repository.debitSeen(seen, leaving, today)],
      events: toldOn === today ? [] : [news],
    };
  }

  /**
   * The writes that tell the customer, ahead, of what is to come and cannot be paid from the wallet as it was `seen`:
   * `wallet.balance_low`, once until money comes in, and not on a day on which the customer was told that it is low
   * already. `WalletMoved` when it is not as it was seen.
   */
  warn(seen: Wallet, shortfall: Shortfall): Omit<Moving, 'entries'> {
    const { userId, balance, lowBalanceThreshold, toldOn } = seen;
    const { today } = this;
    const news = { type: 'wallet.balance_low', userId, balance, lowBalanceThreshold, ...shortfall } as const;
    return { writes: [this.repository.tellAhead(seen, today)], events: toldOn === today ? [] : [news] };
  }

  /**
   * Moves money in the transaction that `commit` makes: once, or again when the wallet was not as it was seen. Throws
   * what `commit` throws, with the refusals of `writesOf`.
   */
  async move(
    userId: UserId,
    movements: readonly Movement[],
    commit: (moving: Moving) => Promise<void>,
  ): Promise<readonly Entry[]> {
    let seen: Wallet | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const moving = this.writesOf(userId, movements, seen);
      try {
        await commit(moving);
        return moving.entries;
      } catch (error) {
        if (!(error instanceof WalletMoved)) throw error;
        seen = error.now;
      }
    }
    throw new Unavailable();
  }

  private get today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
