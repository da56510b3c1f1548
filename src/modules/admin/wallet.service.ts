import { Injectable } from '@nestjs/common';
import type { Once } from '../../platform/dynamo/idempotency';
import type { UserId } from '../../platform/ids';
import { UserService } from '../user';
import { type Adjustment, type Entry, WalletService } from '../wallet';

/** Customers' money, moved by an admin. Amounts in minor units. */
@Injectable()
export class WalletAdministration {
  constructor(
    private readonly users: UserService,
    private readonly wallets: WalletService,
  ) {}

  /**
   * Moves money by hand and answers with the entry. `user.not_found`: people are never deleted, so that a look before
   * the write is enough; `wallet.insufficient_balance`. Emits `wallet.balance_low` where it applies.
   */
  async adjust(userId: UserId, adjustment: Adjustment, once?: Once): Promise<Entry> {
    await this.users.get(userId);
    return this.wallets.adjust(userId, adjustment, once);
  }
}
