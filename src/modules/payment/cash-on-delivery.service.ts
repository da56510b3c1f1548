import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { Transaction } from '../../platform/transaction/transaction';
import { OrderQueryService } from '../order';
import { CashAccountRefused, CashOnDeliveryRepository } from './cash-on-delivery.repository';
import { type CashAccount, limitFor, MAX_OPEN_PAYMENTS, recount } from './domain/cash-account';
import type { OrderPayment } from './domain/payment';
import { CashLimitReached } from './domain/payment.errors';
import { PaymentRepository } from './payment.repository';
import { PAYMENT_SETTINGS, type PaymentSettings } from './payment.settings';

/** Limits what a customer may owe on delivery. Amounts in minor units. See ADR 28. */
@Injectable()
export class CashOnDelivery {
  constructor(
    private readonly accounts: CashOnDeliveryRepository,
    private readonly payments: PaymentRepository,
    private readonly orders: OrderQueryService,
    private readonly transaction: Transaction,
    @Inject(PAYMENT_SETTINGS) private readonly settings: PaymentSettings,
  ) {}

  /**
   * Commits a payment with the write that counts it. Only a payment that the account refuses costs more round trips: the
   * account is recounted, and the payment is tried again. `payment.cod_limit`.
   */
  async commitWithinLimit(payment: OrderPayment, commit: (countWrite: Write) => Promise<void>): Promise<void> {
    await retryOnConflict(CashAccountRefused, async (conflict) => {
      if (conflict) await this.makeRoom(payment, conflict.current);
      await commit(this.accounts.addWithin(this.settings.cashLimits, payment));
    });
  }

  /** How much the customer may owe. Looks for a delivered order if none is known. */
  async limitOf(userId: UserId): Promise<MinorUnits> {
    const { hasDelivery } = await this.accounts.find(userId);
    const isTrusted = hasDelivery || (await this.orders.hasDeliveredOrder(userId));
    return limitFor({ hasDelivery: isTrusted }, this.settings.cashLimits);
  }

  /** Recounts an account. `payment.cod_limit` if the payment still exceeds the limit. */
  private async makeRoom({ userId, amount }: OrderPayment, seen: CashAccount): Promise<void> {
    const counted = recount(seen, await this.payments.findAll(seen.paymentIds));
    const limit = limitFor(counted, this.settings.cashLimits);
    const isOver = (max: MinorUnits) => counted.openAmount + amount > max;
    const hasDelivery = counted.hasDelivery || (isOver(limit) && (await this.orders.hasDeliveredOrder(userId)));
    const actual: CashAccount = { ...counted, hasDelivery };
    const actualLimit = limitFor(actual, this.settings.cashLimits);
    if (isOver(actualLimit) || actual.paymentIds.length >= MAX_OPEN_PAYMENTS) {
      throw new CashLimitReached(actual, actualLimit, MAX_OPEN_PAYMENTS);
    }
    await this.transaction.commit([this.accounts.replace(seen, actual)]);
  }
}
