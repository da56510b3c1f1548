import type { ApiDescription } from './platform/openapi/document';

/** What the OpenAPI document says about the API as a whole. */
export const API_DESCRIPTION: ApiDescription = {
  title: 'Milkround',
  description: `Doorstep milk delivery: products, carts, orders, subscriptions, payments and deliveries.

- **Money** is a number in major units with at most two decimals (\`49.5\`), in the currency of the dairy.
- **Instants** are ISO 8601 in UTC. **Dates** (\`2026-12-01\`) and **times of day** are in the time zone of the dairy. **Ids**
  are opaque.
- **Authentication**: get an access token from \`POST /user/login\` and send \`Authorization: Bearer <accessToken>\`. \`x-access\`
  says who may call an operation: anyone, any signed-in user, or certain roles. Users see only their own objects; an object
  of another user is 404. Only an admin may send the \`userId\` of another user. \`x-second-factor: recent\` marks operations
  that need a code from the last ten minutes, if the admin has a second factor.
- **Lists** come in pages. The \`Link\` header has the URL of the next page. A page may be short; only a missing \`Link\` ends
  the list.
- **Errors** are \`application/problem+json\` (RFC 9457). \`code\` is stable; \`detail\` says what is wrong and what to do.
  Unknown fields are refused. Any operation can fail with 500 \`service.internal\`, a fault of the server.
- **Retries** are safe with an \`Idempotency-Key\`. **Concurrent changes** are detected with \`If-Match\` and the \`ETag\` of the
  last response.
- **Events**: other programs can subscribe to all events on an EventBridge bus, if the dairy has turned it on. The schemas are
  in \`docs/events.json\`. Events arrive at least once and in any order, so remember each \`eventId\`. They have ids and amounts in
  minor units, but no names and addresses.
- **Tracing**: every response carries an \`X-Request-Id\`. A client may send its own in the request.`,
  authentication: 'Access token from `POST /user/login`.',
  tags: [
    ['users', 'Registration, sign-in, profiles and passwords.'],
    ['dairy settings', 'The name, contact and language of the dairy.'],
    ['products', 'The catalogue and its stock.'],
    ['carts', 'Carts, one per customer.'],
    ['orders', 'Orders for one delivery each.'],
    ['subscriptions', 'Recurring deliveries, for which orders are generated every evening.'],
    ['payments', 'Payments for orders by card, UPI, wallet or cash.'],
    ['wallets', 'Prepaid balances and their ledger.'],
    ['deliveries', 'Deliveries, their couriers and their progress.'],
    ['invoices', 'Invoices, for one order or for a month.'],
    ['generation runs', 'The nightly generation of orders from subscriptions.'],
    ['reports', 'Daily figures and analytics events.'],
    ['operations', 'Reconciliation, background jobs and undelivered events.'],
    ['health checks', 'Checks for load balancers.'],
    ['test tools', 'The test clock and the idle check. They do not exist in production.'],
  ],
};
