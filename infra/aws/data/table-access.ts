/** What a repository does with the rows of a table. */
export type TableUse = 'read' | 'query' | 'put' | 'update' | 'delete' | 'check' | 'batch-delete';

/** The DynamoDB actions of each use. A transaction needs the action of each write in it. */
export const ACTIONS: Readonly<Record<TableUse, readonly string[]>> = {
  read: ['GetItem', 'BatchGetItem'],
  query: ['Query'],
  put: ['PutItem'],
  update: ['UpdateItem'],
  delete: ['DeleteItem'],
  check: ['ConditionCheckItem'],
  'batch-delete': ['BatchWriteItem'],
};

/**
 * How the application uses each table. All tasks share it, because the subscribers of every module run in the task that
 * commits an event. A test compares it with the sources of the repositories.
 */
export const TABLE_ACCESS: Readonly<Record<string, readonly TableUse[]>> = {
  AccessRevocations: ['query', 'put'],
  ActiveCustomers: ['read', 'put'],
  AnalyticsDays: ['read'],
  AnalyticsEvents: ['read', 'query', 'put'],
  AnalyticsFigures: ['read', 'update'],
  AuditLog: ['read', 'query', 'put'],
  Carts: ['read', 'put', 'update'],
  CashOnDelivery: ['read', 'put', 'update'],
  Dairy: ['read', 'update'],
  DeferredMessages: ['query', 'put', 'delete'],
  Deliveries: ['read', 'query', 'put', 'update'],
  DeliveryRounds: ['read', 'put'],
  GenerationAllotments: ['query', 'put'],
  GenerationRuns: ['read', 'query', 'put', 'update'],
  GenerationShards: ['read', 'put'],
  GenerationWaiting: ['query', 'put'],
  Idempotency: ['read', 'put', 'update'],
  InactiveCouriers: ['query', 'put'],
  InvoicedOrders: ['read', 'query', 'update'],
  InvoiceRuns: ['read', 'put', 'update'],
  Invoices: ['read', 'query', 'put', 'update'],
  InvoiceSeries: ['read', 'update'],
  Jobs: ['read', 'put', 'update', 'delete'],
  LoginThrottles: ['read', 'update'],
  ManifestDates: ['read', 'put'],
  Manifests: ['read', 'put'],
  MessageBudgets: ['update'],
  NotificationLog: ['read', 'query', 'update'],
  Occurrences: ['read', 'query', 'put', 'update', 'delete'],
  OpenSubscriptions: ['read', 'put', 'update'],
  Orders: ['read', 'query', 'put', 'update'],
  Outbox: ['read', 'query', 'put', 'update', 'delete', 'batch-delete'],
  PaymentDisputes: ['query', 'update'],
  PaymentWebhooks: ['put'],
  Payments: ['read', 'query', 'put', 'update'],
  Products: ['read', 'put', 'update'],
  SandboxCharges: ['read', 'put', 'update'],
  SecondFactors: ['read', 'update', 'delete'],
  Sessions: ['read', 'query', 'put', 'update', 'delete'],
  Settings: ['read', 'put', 'update'],
  StockShares: ['read', 'put', 'update', 'delete', 'check'],
  Subscriptions: ['read', 'query', 'put', 'update'],
  UnpaidOrders: ['put', 'update'],
  UserEmails: ['read', 'put', 'update'],
  Users: ['read', 'query', 'put', 'update', 'check'],
  WalletLedger: ['read', 'query', 'put'],
  Wallets: ['read', 'update'],
};

/**
 * Tables that are scanned: by all tasks for the catalogue, by the reconciliation, by migrations, and by the scheduler for
 * the events in carts.
 */
export const SCANNED_TABLES = {
  catalogue: ['Products'],
  reconciliation: [
    'CashOnDelivery',
    'InvoiceRuns',
    'InvoiceSeries',
    'Invoices',
    'Orders',
    'Payments',
    'SandboxCharges',
    'StockShares',
    'WalletLedger',
    'Wallets',
  ],
  migrations: ['Orders'],
  scheduler: ['Carts'],
} as const;

/**
 * Tables whose rows never change and are never deleted. Task roles are denied every action that could do so, except for
 * `PutItem`: there the condition of the write makes sure that the row is new.
 */
export const APPEND_ONLY_TABLES: readonly string[] = ['AuditLog', 'WalletLedger'];
export const CHANGING_ACTIONS = [
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PartiQLDelete',
] as const;
