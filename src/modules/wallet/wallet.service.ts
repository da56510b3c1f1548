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
import type { Adjustment, LedgerEntry, LedgerEntryKey, Wallet } from './domain/wallet';
import { WalletChanged } from './domain/wallet.errors';
import { WalletMovements } from './wallet-movements.service';
import { WalletRepository } from './wallet.repository';

export interface WalletView extends Wallet {
  readonly currency: string;
}

/** The customers' prepaid money. Amounts in minor units. */
@Injectable()
export class WalletService {
  constructor(
    private readonly repository: WalletRepository,
    private readonly movements: WalletMovements,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /** A wallet as it is; an empty one when nothing ever moved. */
  async view(userId: UserId): Promise<WalletView> {
    return this.viewOf(await this.repository.find(userId));
  }

  /** The movements of a wallet, newest first. */
  async ledgerOf(userId: UserId, page: PageRequest): Promise<Page<LedgerEntry>> {
    return this.repository.entriesOf(userId, page);
  }

  /**
   * Changes below which balance the customer is warned. Tells nobody that the balance is below the new one: only money
   * that leaves does. `request.stale` when the wallet is no longer the version `expected`.
   */
  async changeThreshold(userId: UserId, lowBalanceThreshold: MinorUnits, expected?: number): Promise<WalletView> {
    return retryOnConflict(WalletChanged, async (conflict) => {
      const current = conflict?.current ?? (await this.repository.find(userId));
      if (expected !== undefined && current.version !== expected) throw new StaleVersion();
      return this.viewOf(await this.repository.setThreshold(current, lowBalanceThreshold));
    });
  }

  /**
   * Moves money by hand: what was paid in cash, corrections, credits, which are never negative. Answers with the entry.
   * `wallet.insufficient_balance`. Emits `wallet.balance_low` where it applies.
   */
  async adjust(userId: UserId, adjustment: Adjustment, idempotencyKey?: IdempotentRequest): Promise<LedgerEntry> {
    if (adjustment.type === 'CREDIT' && adjustment.amount < 0) {
      throw new InvalidRequest([{ field: 'amount', message: 'amount of a CREDIT must be more than 0' }]);
    }
    const movement = { ...adjustment, sourceId: newAdjustmentId() };
    return this.idempotency.run(idempotencyKey, async () => {
      const [entry] = await this.movements.post(userId, [movement], ({ entries, writes, events }) =>
        this.transaction.commit([this.idempotency.recordResponse(idempotencyKey, entries[0]), ...writes], events),
      );
      return entry as LedgerEntry;
    });
  }

  /** The read of a wallet, for a caller that batches it with others; an empty wallet if there is none. */
  readOf(userId: UserId): Read<Wallet> {
    return this.repository.readOf(userId);
  }

  /** For the books alone, which walk everything: all wallets, in no order. */
  async scanWallets(page: PageRequest): Promise<Page<Wallet>> {
    return this.repository.scanWallets(page);
  }

  /** For the books alone: all entries, those of one wallet one after the other. */
  async scanEntries(page: PageRequest): Promise<Page<LedgerEntry>> {
    return this.repository.scanEntries(page);
  }

  /** Wallets by their users, in the order asked; undefined for who never had one. */
  async walletsOf(userIds: readonly UserId[]): Promise<(Wallet | undefined)[]> {
    return this.repository.findAll(userIds);
  }

  /** Entries by their users and ids, in the order asked; undefined where there is none. */
  async entriesOf(wanted: readonly LedgerEntryKey[]): Promise<(LedgerEntry | undefined)[]> {
    return this.repository.findEntries(wanted);
  }

  private viewOf(wallet: Wallet): WalletView {
    return { ...wallet, currency: this.config.currency };
  }
}
