import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { actorOfChange } from '../../platform/request-context';
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

/** Movements of one wallet, ready to be written. The caller commits the writes and events with its own. */
export interface Posting {
  readonly entries: readonly LedgerEntry[];
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}

/** Moves money in the transaction of the caller. Entries and balance change together, or not at all. */
@Injectable()
export class WalletMovements {
  constructor(
    private readonly repository: WalletRepository,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * The writes for movements of one wallet: an entry each, and one update of the balance. In minor units. A movement of 0
   * writes nothing. The writes fail with `EntryExists`, with `wallet.insufficient_balance`, since no balance falls below zero, or with `WalletChanged`.
   *
   * A debit that crosses the low-balance threshold needs a `snapshot` of the wallet; otherwise it fails with
   * `WalletChanged`. It emits `wallet.balance_low` unless the customer has already been warned today.
   */
  postingOf(userId: UserId, movements: readonly Movement[], snapshot?: Wallet): Posting {
    const change = { at: this.clock.now(), ...actorOfChange() };
    const entries = movements.filter(({ amount }) => amount !== 0).map((movement) => entryOf(userId, movement, change));
    if (entries.length === 0) return { entries, writes: [], events: [] };
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
   * The writes that warn the customer of a delivery that the balance in `snapshot` will not cover, once until the next
   * credit. Emits `wallet.balance_low` unless the customer has already been warned today. `WalletChanged` if the wallet
   * has changed since the snapshot.
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
   * Moves money in the transaction that `commit` makes. Runs `commit` again with a new posting if the wallet has
   * changed. Throws what `commit` throws, including the errors of `postingOf`.
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
