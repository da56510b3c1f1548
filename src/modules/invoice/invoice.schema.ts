import { declareTable } from '../../platform/dynamo/table';

/** Never changed once issued, except for `fileKey`. */
export const invoiceTable = declareTable('Invoices', {
  invoiceId: { type: String, hashKey: true },
  userId: { type: String, index: { name: 'byUser', type: 'global', rangeKey: 'number', project: false } },
  number: String,
  issuedAt: String,
  issuedOn: String,
  month: String,
  orderId: String,
  from: String,
  to: String,
  seller: Object,
  buyer: Object,
  lines: Array,
  taxes: Array,
  total: Number,
  currency: String,
  language: String,
  fileKey: String,
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
  /** The shard of the customer. Present only until the invoice is issued. */
  pendingShard: {
    type: String,
    index: { name: 'byPendingShard', type: 'global', rangeKey: 'customerOrder', project: true },
  },
  /** `userId#orderId`. */
  customerOrder: String,
  invoiceId: String,
  /** When the invoice was last requested. Real time in ms. */
  requestedAt: Number,
});

/** The runs that issue the invoices of each month. */
export const invoiceRunTable = declareTable('InvoiceRuns', {
  month: { type: String, hashKey: true },
  startedAt: String,
  progressAt: Number,
});
