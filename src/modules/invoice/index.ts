export { InvoiceModule } from './invoice.module';
export { MonthlyInvoices } from './monthly-invoices.service';
