import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import type { IdempotentRequest } from '../../platform/transaction/idempotency';
import { UserService } from '../user';
import type { Adjustment, LedgerEntry } from './domain/wallet';
import { WalletService } from './wallet.service';

/** Customers' money, moved by an admin. Amounts in minor units. */
@Injectable()
export class WalletAdminService {
  constructor(
    private readonly users: UserService,
    private readonly wallets: WalletService,
  ) {}

  /**
   * Moves money by hand and answers with the entry. `user.not_found`: people are never deleted, so that a look before
   * the write is enough; `wallet.insufficient_balance`. Emits `wallet.balance_low` where it applies.
   */
  async adjust(userId: UserId, adjustment: Adjustment, idempotencyKey?: IdempotentRequest): Promise<LedgerEntry> {
    await this.users.get(userId);
    return this.wallets.adjust(userId, adjustment, idempotencyKey);
  }
}
