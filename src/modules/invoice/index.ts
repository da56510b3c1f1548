export { type CreditNote, type Invoice, type InvoiceDocument, isInvoice } from './domain/invoice';
export { type InvoiceSeries } from './invoice.repository';
export { InvoiceAudit } from './invoice-audit.service';
export { InvoiceModule } from './invoice.module';
export { MonthlyInvoices } from './monthly-invoices.service';
