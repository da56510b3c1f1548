import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from '../../platform/queue/declare-queue';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { UnknownMessage } from '../../platform/queue/unknown-message';
import { CreditNotes } from './credit-notes.service';
import { parseInvoiceMessage } from './domain/invoice-message';
import { InvoiceService } from './invoice.service';
import { INVOICE_QUEUE } from './invoice.settings';
import { MonthlyInvoices } from './monthly-invoices.service';

/** Two, because the invoice that a customer waits for must not wait for those of a month. */
const CONCURRENCY = 2;

/** Issues invoices and credit notes. Every message can be repeated. */
@Injectable()
export class InvoiceWorker implements OnApplicationBootstrap {
  constructor(
    private readonly invoices: InvoiceService,
    private readonly monthly: MonthlyInvoices,
    private readonly creditNotes: CreditNotes,
    private readonly workers: QueueConsumer,
    @Inject(INVOICE_QUEUE) private readonly queue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.queue.url, (body) => this.handle(body), { concurrency: CONCURRENCY });
  }

  private async handle(body: unknown): Promise<void> {
    const message = parseInvoiceMessage(body);
    if (!message) throw new UnknownMessage('kind');
    if (message.kind === 'ORDER') await this.invoices.issueForOrder(message.orderId);
    else if (message.kind === 'REFUND') await this.creditNotes.refund(message);
    else await this.monthly.issueNext(message);
  }
}
