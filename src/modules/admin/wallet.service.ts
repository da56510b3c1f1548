import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import type { IdempotentRequest } from '../../platform/transaction/idempotency';
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
  async adjust(userId: UserId, adjustment: Adjustment, once?: IdempotentRequest): Promise<Entry> {
    await this.users.get(userId);
    return this.wallets.adjust(userId, adjustment, once);
  }
}
