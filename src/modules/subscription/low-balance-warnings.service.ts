import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { Transaction } from '../../platform/transaction/transaction';
import { type Wallet, WalletChanged, WalletMovements, WalletService } from '../wallet';
import { computeRunway, type UpcomingCharge } from './domain/wallet-runway';
import { WalletRunwayService } from './wallet-runway.service';

/** How many deliveries ahead one is told that the wallet will not pay. */
const DELIVERIES_AHEAD = 2;

/** Tells people in time that their wallet will not last. */
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
   * Looks at wallets that have just paid: whose does not cover its next two deliveries is told, `wallet.balance_low`,
   * once until money comes in, however often this is called.
   */
  async warnIfLow(payers: readonly UserId[]): Promise<void> {
    const wallets = await this.database.batchGet(payers.map((userId) => this.wallets.readOf(userId)));
    const unwarned = wallets.filter(({ toldAhead }) => !toldAhead);
    await Promise.all(
      unwarned.map(async (wallet) =>
        this.warn(wallet, await this.walletRunway.upcomingChargesOf(wallet.userId, DELIVERIES_AHEAD)),
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
