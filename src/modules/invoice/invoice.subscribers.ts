import { Inject, Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import type { InvoiceRequested } from '../../events/invoice.events';
import type { OrderDelivered } from '../../events/order.events';
import type { PaymentRefunded } from '../../events/payment.events';
import { Subscribe } from '../../platform/events/subscribe';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { CreditNotes } from './credit-notes.service';
import { InvoiceService } from './invoice.service';
import { INVOICE_QUEUE } from './invoice.settings';

@Injectable()
export class InvoiceSubscribers {
  constructor(
    private readonly invoices: InvoiceService,
    private readonly creditNotes: CreditNotes,
    private readonly publisher: Publisher,
    @Inject(INVOICE_QUEUE) private readonly queue: Queue,
  ) {}

  @Subscribe('order.delivered', { as: 'invoice.add_delivered' })
  async addDelivered({ orderId }: PublishedEvent<OrderDelivered>): Promise<void> {
    await this.invoices.addDelivered(orderId);
  }

  @Subscribe('invoice.requested', { as: 'invoice.issue_for_order' })
  async issueForOrder({ orderId, requestId }: PublishedEvent<InvoiceRequested>): Promise<void> {
    await this.publisher.sendToQueue(this.queue.url, { kind: 'ORDER', orderId, requestId });
  }

  @Subscribe('payment.refunded', { as: 'invoice.credit_refund' })
  async creditRefund(event: PublishedEvent<PaymentRefunded>): Promise<void> {
    const { orderId, paymentId, amount, refundedTotal: refunded = amount, requestId } = event;
    // Recorded here, so that the books report a refund whose message is lost.
    if (!(await this.creditNotes.record({ orderId, paymentId, refunded }))) return;
    await this.publisher.sendToQueue(this.queue.url, { kind: 'REFUND', orderId, paymentId, refunded, requestId });
  }
}
