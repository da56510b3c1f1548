import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { DairyModule } from '../dairy';
import { OrderModule } from '../order';
import { UserModule } from '../user';
import { CreditNoteIssuer } from './credit-note-issuer.service';
import { CreditNotes } from './credit-notes.service';
import { InvoiceAudit } from './invoice-audit.service';
import { InvoiceDrafts } from './invoice-drafts.service';
import { InvoiceFiles } from './invoice-files.service';
import { InvoiceIssuer } from './invoice-issuer.service';
import { InvoiceRunRepository } from './invoice-run.repository';
import { InvoiceController } from './invoice.controller';
import { InvoiceRepository } from './invoice.repository';
import { invoicedOrderTable, invoiceRunTable, invoiceSeriesTable, invoiceTable } from './invoice.schema';
import { InvoiceService } from './invoice.service';
import { INVOICE_BUCKET, INVOICE_QUEUE, INVOICE_SETTINGS } from './invoice.settings';
import { InvoiceSubscribers } from './invoice.subscribers';
import { InvoiceWorker } from './invoice.worker';
import { InvoicedOrderRepository } from './invoiced-order.repository';
import { MonthlyInvoices } from './monthly-invoices.service';
import { OrderSettlement } from './order-settlement.service';

/**
 * Invoices: each delivered order becomes part of exactly one, on request or with all others of its month. They are
 * numbered without gaps and never change. A later refund gets a credit note. See ADR 36 and 45.
 */
@Module({
  imports: [
    DynamoModule.forTables(invoiceTable, invoiceSeriesTable, invoicedOrderTable, invoiceRunTable),
    DairyModule,
    OrderModule,
    UserModule,
  ],
  controllers: [InvoiceController],
  providers: [
    provideSettings(INVOICE_QUEUE),
    provideSettings(INVOICE_BUCKET),
    provideSettings(INVOICE_SETTINGS),
    InvoiceRepository,
    InvoicedOrderRepository,
    InvoiceRunRepository,
    InvoiceDrafts,
    InvoiceIssuer,
    InvoiceFiles,
    CreditNoteIssuer,
    CreditNotes,
    OrderSettlement,
    InvoiceService,
    MonthlyInvoices,
    InvoiceSubscribers,
    InvoiceWorker,
    InvoiceAudit,
  ],
  exports: [MonthlyInvoices, InvoiceAudit],
})
export class InvoiceModule {}
