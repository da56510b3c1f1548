import type { ApiDescription } from './platform/openapi/document';

/** What the OpenAPI document says of the API as a whole. */
export const API_DESCRIPTION: ApiDescription = {
  title: 'Milkround',
  description: `Doorstep milk delivery: products, cart, orders, daily orders, payments, deliveries.

- **Money** is a number in major units with at most two decimals (\`49.5\`), in the one currency of the dairy.
- **Moments** are ISO 8601 in UTC, **dates** (\`2026-12-01\`) and times of day are the dairy's own. Ids are opaque.
- **Sign in** with POST /user/login and send \`Authorization: Bearer <accessToken>\`. \`x-access\` says who may call an
  operation: anyone, who is signed in (about their own things; an admin about anyone's), or the roles named. What is
  somebody else's reads as 404. A \`userId\` may always be left out; naming somebody else is for admins.
- **Lists** are arrays; the next page is in the \`Link\` header, and only a missing one ends the list.
- **Failures** are \`application/problem+json\` (RFC 9457); \`code\` is stable, and \`detail\` says the way out. Unknown fields
  are refused. What no operation names is 500 \`service.internal\`: our fault.
- **Repeat safely** with an \`Idempotency-Key\`; **change safely** with \`If-Match\` and the \`ETag\` you have read.
- Every answer carries \`X-Request-Id\`, yours if you send one.`,
  authentication: 'Of POST /user/login.',
  tags: [
    ['users', 'Accounts, sign-in, passwords.'],
    ['products', 'What is on sale.'],
    ['cart', 'What somebody is about to order.'],
    ['orders', 'One delivery each, from the order to the door.'],
    ['subscriptions', 'Daily orders: made every evening, until the cutoff changeable day by day.'],
    ['payments', 'Paying for orders.'],
    ['wallet', 'Prepaid money, as a ledger.'],
    ['deliveries', 'Who brings what, and what became of it.'],
    ['analytics', 'The figures of the dairy, and the log of its events.'],
    ['admin', 'Running the dairy.'],
    ['health', 'For load balancers.'],
    ['rehearsal (not in production)', 'Time and rest, for tests and demonstrations.'],
  ],
};
