import { declareTable } from '../../platform/dynamo/table';

/** Invoices and credit notes. Never changed once issued, except for `fileKey`, and what is credited of an invoice. */
export const invoiceTable = declareTable('Invoices', {
  invoiceId: { type: String, hashKey: true },
  userId: { type: String, index: { name: 'byUser', type: 'global', rangeKey: 'number', project: false } },
  number: String,
  /** CREDIT_NOTE; absent for an invoice. */
  kind: String,
  issuedAt: String,
  issuedOn: String,
  month: String,
  orderId: String,
  from: String,
  to: String,
  seller: Object,
  buyer: Object,
  orders: Array,
  lines: Array,
  refunds: Array,
  taxes: Array,
  total: Number,
  currency: String,
  language: String,
  fileKey: String,
  /** The sum of an invoice's credit notes. */
  credited: Number,
  creditedByRate: Array,
  /** The invoice of a credit note. */
  ofInvoice: Object,
});

/** The last number of each series. */
export const invoiceSeriesTable = declareTable('InvoiceSeries', {
  series: { type: String, hashKey: true },
  last: Number,
});

/** Delivered orders, and the invoice that each is part of. */
export const invoicedOrderTable = declareTable('InvoicedOrders', {
  orderId: { type: String, hashKey: true },
  userId: String,
  /** The month of the delivery. */
  month: String,
  /** The shard of the customer. Present until the invoice is issued, and from a refund until it is credited. */
  pendingShard: {
    type: String,
    index: { name: 'byPendingShard', type: 'global', rangeKey: 'customerOrder', project: true },
  },
  /** `userId#orderId`. */
  customerOrder: String,
  invoiceId: String,
  /** What was refunded in all. */
  refunded: Number,
  /** The credit notes of the order. */
  credits: Array,
  /** When the invoice was last requested. Real time in ms. */
  requestedAt: Number,
});

/** The runs that issue the invoices of each month. */
export const invoiceRunTable = declareTable('InvoiceRuns', {
  month: { type: String, hashKey: true },
  startedAt: String,
  progressAt: Number,
});
