import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { Transaction } from '../../platform/transaction/transaction';
import { type Wallet, WalletChanged, WalletMovements, WalletService } from '../wallet';
import { computeRunway, type UpcomingCharge } from './domain/wallet-runway';
import { WalletRunwayService } from './wallet-runway.service';

/** How many coming deliveries the balance must cover to avoid a warning. */
const DELIVERIES_AHEAD = 2;

/** Warns customers whose wallet will not cover their next deliveries. */
@Injectable()
export class LowBalanceWarnings {
  constructor(
    private readonly walletRunway: WalletRunwayService,
    private readonly wallets: WalletService,
    private readonly movements: WalletMovements,
    private readonly database: Database,
    private readonly transaction: Transaction,
  ) {}

  /**
   * Checks the wallets of customers who have just paid. Emits `wallet.balance_low` for each wallet that does not cover
   * its next two deliveries, at most once per credit and once per day.
   */
  async warnIfLow(payers: readonly UserId[]): Promise<void> {
    const wallets = await this.database.batchGet(payers.map((userId) => this.wallets.readOf(userId)));
    const unwarned = wallets.filter(({ toldAhead }) => !toldAhead);
    await Promise.all(
      unwarned.map(async (wallet) =>
        this.warn(wallet, first(DELIVERIES_AHEAD, await this.walletRunway.upcomingChargesOf(wallet.userId))),
      ),
    );
  }

  private async warn(wallet: Wallet, charges: readonly UpcomingCharge[]): Promise<void> {
    await retryOnConflict(WalletChanged, async (conflict) => {
      const current = conflict?.current ?? wallet;
      const { deliveries, shortOn } = computeRunway(current.balance, charges);
      if (shortOn === undefined || current.toldAhead) return;
      const { writes, events } = this.movements.lowBalanceWarningOf(current, { deliveries, shortOn });
      await this.transaction.commit(writes, events);
    });
  }
}

function first<T>(count: number, all: Iterable<T>): T[] {
  const taken: T[] = [];
  for (const one of all) {
    taken.push(one);
    if (taken.length === count) break;
  }
  return taken;
}
