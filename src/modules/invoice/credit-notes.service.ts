import { Injectable } from '@nestjs/common';
import type { OrderId, PaymentId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { OrderQueryService } from '../order';
import { InvoicedOrderRepository } from './invoiced-order.repository';
import { OrderSettlement } from './order-settlement.service';

export interface OrderRefund {
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  /** What was refunded of the payment in all. */
  readonly refunded: MinorUnits;
}

/**
 * Refunds of orders, which the order's invoice deducts or a credit note takes back. A refund is recorded before the
 * invoice is looked for, and an invoice is issued before the refunds are looked for. So one of two workers finds the
 * other's work.
 */
@Injectable()
export class CreditNotes {
  constructor(
    private readonly orders: OrderQueryService,
    private readonly invoicedOrders: InvoicedOrderRepository,
    private readonly settlement: OrderSettlement,
  ) {}

  /**
   * Records a refund, and makes the order pending, so that the invoices of a month credit it if its message is lost.
   * Returns whether it is a refund of the order. Idempotent.
   */
  async record({ orderId, paymentId, refunded }: OrderRefund): Promise<boolean> {
    const [order] = await this.orders.findByIds([orderId]);
    // A second payment of an order is refunded too, and a cancelled order is on no invoice.
    if (order?.payment?.paymentId !== paymentId || order.status === 'CANCELLED') return false;
    await this.invoicedOrders.recordRefunded(order, refunded);
    return true;
  }

  /**
   * Records a refund, and credits it if the order's invoice is issued. Idempotent. Emits `credit_note.issued` and
   * `credit_note.ready`.
   */
  async refund(refund: OrderRefund): Promise<void> {
    if (!(await this.record(refund))) return;
    const [failure] = await this.settlement.settle([await this.invoicedOrders.find(refund.orderId)]);
    if (failure) throw failure;
  }
}
