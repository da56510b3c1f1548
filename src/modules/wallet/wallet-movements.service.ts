import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import {
  crossesLowBalance,
  entryOf,
  type LedgerEntry,
  type Movement,
  type Shortfall,
  sumOf,
  type Wallet,
} from './domain/wallet';
import { WalletChanged } from './domain/wallet.errors';
import { WalletRepository } from './wallet.repository';

/** Movements of one wallet as they are written: the caller commits the writes and the events with its own. */
export interface Posting {
  readonly entries: readonly LedgerEntry[];
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}

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
   * is refused says why: `EntryExists`; `wallet.insufficient_balance`, since no balance falls below zero; `WalletChanged`
   * when the debit takes the balance below the customer's threshold, and nobody knew. So a debit
   * with a `snapshot` of the wallet emits `wallet.balance_low`, if it does so and the customer was not told today;
   * without a snapshot, the debit is first tried as one that does not.
   */
  postingOf(userId: UserId, movements: readonly Movement[], snapshot?: Wallet): Posting {
    const entries = movements.map((movement) => entryOf(userId, movement, this.clock.now()));
    const entryWrites = entries.map((entry) => this.repository.addEntry(entry));
    const sum = sumOf(movements);
    if (sum >= 0) return { entries, writes: [...entryWrites, this.repository.credit(userId, sum)], events: [] };
    const debit = -sum;
    if (!snapshot || !crossesLowBalance(snapshot, debit)) {
      return { entries, writes: [...entryWrites, this.repository.debit(userId, debit)], events: [] };
    }
    const { balance, lowBalanceThreshold, toldOn } = snapshot;
    const { today } = this;
    const lowBalanceEvent = {
      type: 'wallet.balance_low',
      userId,
      balance: balance - debit,
      lowBalanceThreshold,
    } as const;
    return {
      entries,
      writes: [...entryWrites, this.repository.debitUnchanged(snapshot, debit, today)],
      events: toldOn === today ? [] : [lowBalanceEvent],
    };
  }

  /**
   * The writes that tell the customer, ahead, of what is to come and cannot be paid from the wallet as in `snapshot`:
   * `wallet.balance_low`, once until money comes in, and not on a day on which the customer was told that it is low
   * already. `WalletChanged` when the wallet has changed since the snapshot.
   */
  lowBalanceWarningOf(snapshot: Wallet, shortfall: Shortfall): Omit<Posting, 'entries'> {
    const { userId, balance, lowBalanceThreshold, toldOn } = snapshot;
    const { today } = this;
    const lowBalanceEvent = { type: 'wallet.balance_low', userId, balance, lowBalanceThreshold, ...shortfall } as const;
    return {
      writes: [this.repository.recordAdvanceWarning(snapshot, today)],
      events: toldOn === today ? [] : [lowBalanceEvent],
    };
  }

  /**
   * Moves money in the transaction that `commit` makes. Runs `commit` again with another posting if the wallet has
   * changed. Throws what `commit` throws, with the refusals of `postingOf`.
   */
  async post(
    userId: UserId,
    movements: readonly Movement[],
    commit: (posting: Posting) => Promise<void>,
  ): Promise<readonly LedgerEntry[]> {
    return retryOnConflict(WalletChanged, async (conflict) => {
      const posting = this.postingOf(userId, movements, conflict?.current);
      await commit(posting);
      return posting.entries;
    });
  }

  private get today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
