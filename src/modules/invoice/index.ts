export { type CreditNote, type Invoice, type InvoiceDocument, isInvoice } from './domain/invoice';
export { type CountedSeries, InvoiceAudit } from './invoice-audit.service';
export { InvoiceModule } from './invoice.module';
export { MonthlyInvoices } from './monthly-invoices.service';
