import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { Unavailable } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import { type Wallet, WalletChanged, WalletMovements, WalletService } from '../wallet';
import { type Bill, runway } from './runway';
import { Runways } from './runway.service';

/** How many deliveries ahead one is told that the wallet will not pay. */
const DELIVERIES_AHEAD = 2;
const ATTEMPTS = 5;

/** Tells people in time that their wallet will not last. */
@Injectable()
export class BalanceWarnings {
  constructor(
    private readonly runways: Runways,
    private readonly wallets: WalletService,
    private readonly movements: WalletMovements,
    private readonly database: Database,
    private readonly transaction: Transaction,
  ) {}

  /**
   * Looks at wallets that have just paid: whose does not cover its next two deliveries is told, `wallet.balance_low`,
   * once until money comes in, however often this is called.
   */
  async look(payers: readonly UserId[]): Promise<void> {
    const items = await this.database.batchGet(payers.map((userId) => this.wallets.readOf(userId)));
    const wallets = payers.map((userId, index) => this.wallets.walletOf(userId, items[index]));
    const untold = wallets.filter(({ toldAhead }) => !toldAhead);
    await Promise.all(
      untold.map(async (wallet) => this.warn(wallet, await this.runways.billsOf(wallet.userId, DELIVERIES_AHEAD))),
    );
  }

  private async warn(wallet: Wallet, coming: readonly Bill[]): Promise<void> {
    let seen = wallet;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { deliveries, shortOn } = runway(seen.balance, coming);
      if (shortOn === undefined || seen.toldAhead) return;
      const { writes, events } = this.movements.lowBalanceWarningOf(seen, { deliveries, shortOn });
      try {
        return await this.transaction.commit(writes, events);
      } catch (error) {
        if (!(error instanceof WalletChanged)) throw error;
        seen = error.current;
      }
    }
    throw new Unavailable('The wallet does not hold still.');
  }
}
