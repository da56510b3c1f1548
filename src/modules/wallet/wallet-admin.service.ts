import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import type { IdempotentRequest } from '../../platform/transaction/idempotency';
import { UserService } from '../user';
import type { Adjustment, LedgerEntry } from './domain/wallet';
import { WalletService } from './wallet.service';

/** Adjusts wallets on behalf of an admin. Amounts in minor units. */
@Injectable()
export class WalletAdminService {
  constructor(
    private readonly users: UserService,
    private readonly wallets: WalletService,
  ) {}

  /**
   * Moves money by hand and returns the entry. `user.not_found`, checked before the write because users are never
   * deleted; `request.invalid`, `wallet.insufficient_balance`. Emits `wallet.adjusted`, and `wallet.balance_low` if the
   * debit crosses the threshold.
   */
  async adjust(userId: UserId, adjustment: Adjustment, idempotencyKey?: IdempotentRequest): Promise<LedgerEntry> {
    await this.users.get(userId);
    return this.wallets.adjust(userId, adjustment, idempotencyKey);
  }
}
