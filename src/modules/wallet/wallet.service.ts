import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import type { Read } from '../../platform/dynamo/read';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { InvalidRequest, StaleVersion } from '../../platform/errors';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { newAdjustmentId } from './domain/ids';
import { type Adjustment, entryIdOf, type LedgerEntry, type LedgerEntryKey, type Wallet } from './domain/wallet';
import { WalletChanged } from './domain/wallet.errors';
import { WalletMovements } from './wallet-movements.service';
import { WalletRepository } from './wallet.repository';

export interface WalletView extends Wallet {
  readonly currency: string;
}

/** The prepaid wallets of customers. Amounts in minor units. */
@Injectable()
export class WalletService {
  constructor(
    private readonly repository: WalletRepository,
    private readonly movements: WalletMovements,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /** A wallet; an empty one if the user has none yet. */
  async view(userId: UserId): Promise<WalletView> {
    return this.viewOf(await this.repository.find(userId));
  }

  /** The ledger entries of a wallet, newest first. */
  async ledgerOf(userId: UserId, page: PageRequest): Promise<Page<LedgerEntry>> {
    return this.repository.entriesOf(userId, page);
  }

  /**
   * Sets the balance below which the customer is warned. A balance that is already lower causes no warning; only a debit
   * does. Emits `wallet.settings_changed`. `request.stale` if the version is no longer `expected`.
   */
  async changeThreshold(userId: UserId, lowBalanceThreshold: MinorUnits, expected?: number): Promise<WalletView> {
    return retryOnConflict(WalletChanged, async (conflict) => {
      const current = conflict?.current ?? (await this.repository.find(userId));
      if (expected !== undefined && current.version !== expected) throw new StaleVersion();
      await this.transaction.commit(
        [this.repository.setThreshold(current, lowBalanceThreshold)],
        [{ type: 'wallet.settings_changed', userId, lowBalanceThreshold }],
      );
      return this.view(userId);
    });
  }

  /**
   * Moves money by hand: cash received, a correction, or a goodwill credit, which is never negative. Returns the entry.
   * `request.invalid`, `wallet.insufficient_balance`. Emits `wallet.adjusted`, and `wallet.balance_low` if the debit
   * crosses the threshold.
   */
  async adjust(userId: UserId, adjustment: Adjustment, idempotencyKey?: IdempotentRequest): Promise<LedgerEntry> {
    if (adjustment.type === 'CREDIT' && adjustment.amount < 0) {
      throw new InvalidRequest([{ field: 'amount', message: 'amount of a CREDIT must be more than 0' }]);
    }
    const movement = { ...adjustment, sourceId: newAdjustmentId() };
    return this.idempotency.run(idempotencyKey, async () => {
      const adjusted = {
        type: 'wallet.adjusted',
        userId,
        entryId: entryIdOf(movement),
        amount: movement.amount,
      } as const;
      const [entry] = await this.movements.post(userId, [movement], ({ entries, writes, events }) =>
        this.transaction.commit(
          [this.idempotency.recordResponse(idempotencyKey, entries[0]), ...writes],
          [adjusted, ...events],
        ),
      );
      return entry as LedgerEntry;
    });
  }

  /** The read of a wallet, for a caller that batches it with others; an empty wallet if there is none. */
  readOf(userId: UserId): Read<Wallet> {
    return this.repository.readOf(userId);
  }

  /** All wallets, in no particular order. For the reconciliation only. */
  async scanWallets(page: PageRequest): Promise<Page<Wallet>> {
    return this.repository.scanWallets(page);
  }

  /** All entries, those of one wallet one after the other. For the reconciliation only. */
  async scanEntries(page: PageRequest): Promise<Page<LedgerEntry>> {
    return this.repository.scanEntries(page);
  }

  /** Wallets by their user ids, in the order of the ids; undefined where there is none. */
  async walletsOf(userIds: readonly UserId[]): Promise<(Wallet | undefined)[]> {
    return this.repository.findAll(userIds);
  }

  /** Entries by their keys, in the order of the keys; undefined where there is none. */
  async entriesOf(keys: readonly LedgerEntryKey[]): Promise<(LedgerEntry | undefined)[]> {
    return this.repository.findEntries(keys);
  }

  private viewOf(wallet: Wallet): WalletView {
    return { ...wallet, currency: this.config.currency };
  }
}
