import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { declareQueue } from '../../platform/queue/declare-queue';
import { declareBucket } from '../../platform/storage/declare-bucket';

export const INVOICE_QUEUE = declareQueue('invoices', { url: 'INVOICE_QUEUE_URL' });
export const INVOICE_BUCKET = declareBucket('invoices', 'INVOICE_BUCKET');

export const INVOICE_SETTINGS = declareSettings('invoice', (env) => ({
  /** The month in which financial years begin, 1 to 12. Invoices are numbered from 1 in each. */
  financialYearMonth: env.integer('FINANCIAL_YEAR_MONTH', 4, { min: 1, max: 12 }),
}));

export type InvoiceSettings = SettingsOf<typeof INVOICE_SETTINGS>;
