import { type Actor, type ActorFixture, ACTORS, createActorFixture } from '../../support/fixtures/actor-fixture';
import { Contract, exampleRequest, type Route } from '../../support/contract/contract';
import { ContractClient, type ContractRequest, type ContractResponse } from '../../support/contract/contract-client';
import { TestApp } from '../../support/test-app';

jest.setTimeout(120_000);

const ALLOWED = 'allowed';
type AccessOutcome = string | 401 | 403 | 404;

const BY_USER_ID = 'signed-in users for themselves, admins for anyone';

/** The outcome for each of ACTORS: anonymous, the customer, another customer, the courier, another courier, an admin. */
const RULES = {
  anyone: [ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED],
  'signed-in users': [401, ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED],
  [BY_USER_ID]: [401, ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED],
  'its customer': [401, ALLOWED, 404, 404, 404, ALLOWED],
  'its customer, its courier': [401, ALLOWED, 404, ALLOWED, 404, ALLOWED],
  'its courier': [401, 403, 403, ALLOWED, 404, ALLOWED],
  couriers: [401, 403, 403, ALLOWED, ALLOWED, ALLOWED],
  admins: [401, 403, 403, 403, 403, ALLOWED],
} as const satisfies Record<string, readonly AccessOutcome[]>;
type Rule = keyof typeof RULES;

/** Rules of routes that accept a userId. */
const RULES_WITH_USER_ID: readonly Rule[] = [BY_USER_ID, 'its customer', 'its customer, its courier'];
/** The outcomes when the same actors send the customer's userId. */
const OUTCOMES_WITH_CUSTOMER_ID: readonly AccessOutcome[] = [401, ALLOWED, 403, 403, 403, ALLOWED];

/** Rules of routes that act on the caller or list what the caller may see. */
const RULES_FOR_CALLERS: readonly Rule[] = ['signed-in users', 'couriers'];

/** The access rule of every route. Admins may call all of them. */
const RULE_BY_ROUTE: Readonly<Record<string, Rule>> = {
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',

  'POST /user/register': 'anyone',
  'POST /user/login': 'anyone',
  'POST /user/refresh': 'anyone',
  'POST /user/logout': 'anyone',
  'POST /user/verify': 'anyone',
  'POST /user/verify/request': BY_USER_ID,
  'GET /user/profile': BY_USER_ID,
  'PATCH /user/profile': BY_USER_ID,
  'POST /user/mfa/setup': 'admins',
  'POST /user/mfa/confirm': 'admins',
  'POST /user/mfa/verify': 'admins',
  'DELETE /user/mfa': 'signed-in users',
  'GET /user/sessions': BY_USER_ID,
  'DELETE /user/sessions': BY_USER_ID,
  'DELETE /user/sessions/{sessionId}': BY_USER_ID,
  'POST /user/password/change': 'signed-in users',
  'POST /user/password/forgot': 'anyone',
  'POST /user/password/reset': 'anyone',

  'GET /notification/unsubscribe': 'anyone',
  'POST /notification/unsubscribe': 'anyone',

  'GET /product/list': 'anyone',
  'GET /product/categories': 'anyone',
  'GET /product/{productId}': 'anyone',
  'GET /dairy': 'anyone',
  'GET /admin/dairy': 'admins',
  'PATCH /admin/dairy': 'admins',

  'POST /product/add': 'admins',
  'PATCH /product/update': 'admins',
  'GET /admin/products': 'admins',
  'GET /admin/product/{productId}': 'admins',

  'POST /cart/add': BY_USER_ID,
  'GET /cart/view': BY_USER_ID,
  'PATCH /cart/update': BY_USER_ID,
  'DELETE /cart/clear': BY_USER_ID,

  'POST /order/create': BY_USER_ID,
  'GET /order/track': 'its customer, its courier',
  'GET /order/{orderId}/invoice': 'its customer',
  'GET /invoice/list': BY_USER_ID,
  'GET /order/list': BY_USER_ID,
  'POST /order/subscribe': BY_USER_ID,

  'GET /subscription/list': BY_USER_ID,
  'GET /subscription/{subscriptionId}': 'its customer',
  'GET /subscription/{subscriptionId}/calendar': 'its customer',
  'PATCH /subscription/update': 'its customer',
  'POST /subscription/pause': 'its customer',
  'POST /subscription/resume': 'its customer',
  'POST /subscription/skip': 'its customer',
  'POST /subscription/unskip': 'its customer',
  'POST /subscription/override': 'its customer',

  'POST /payment/pay': 'its customer',
  'POST /payment/webhook': 'anyone',
  'GET /payment/{paymentId}': 'its customer',
  'GET /wallet/view': BY_USER_ID,
  'GET /wallet/ledger': BY_USER_ID,
  'PATCH /wallet/settings': BY_USER_ID,
  'POST /wallet/topup': BY_USER_ID,

  'POST /delivery/assign': 'admins',
  'PATCH /delivery/update': 'its courier',
  // With a result for each report.
  'POST /delivery/updates': 'couriers',
  'GET /delivery/list': 'couriers',
  'GET /delivery/manifest': 'couriers',
  'GET /delivery/{deliveryId}': 'its customer, its courier',

  'GET /analytics/report': 'admins',
  'POST /analytics/report': 'admins',
  'GET /analytics/events': 'admins',

  'POST /admin/users': 'admins',
  'GET /admin/users': 'admins',
  'GET /admin/users/{userId}': 'admins',
  'PATCH /admin/users/{userId}': 'admins',
  'DELETE /admin/users/{userId}/mfa': 'admins',
  'GET /admin/orders': 'admins',
  'GET /admin/day': 'admins',
  'PATCH /admin/order/status': 'admins',
  'GET /admin/generation/preview': 'admins',
  'POST /admin/generation/run': 'admins',
  'GET /admin/generation': 'admins',
  'GET /admin/generation/{date}': 'admins',
  'GET /admin/demand': 'admins',
  'GET /admin/notification': 'admins',
  'GET /admin/notification/sms': 'admins',
  'POST /admin/notification/retry': 'admins',
  'GET /admin/outbox': 'admins',
  'POST /admin/outbox/retry': 'admins',
  'POST /admin/wallet/adjust': 'admins',
  'GET /admin/audit': 'admins',
  'GET /admin/books': 'admins',
  'GET /admin/disputes': 'admins',
  'GET /admin/job/{jobId}': 'admins',
  'PUT /admin/clock': 'admins',
  'DELETE /admin/clock': 'admins',
  'GET /admin/settled': 'admins',

  // Last, because a cancelled subscription refuses most other requests.
  'POST /order/cancel': 'its customer',
  'POST /subscription/cancel': 'its customer',
};

/** The outcomes of refusals, by error code. */
const REFUSALS = new Map<string, AccessOutcome>([
  ['auth.unauthenticated', 401],
  ['auth.forbidden', 403],
  ['auth.not_owner', 403],
  ['order.not_found', 404],
  ['subscription.not_found', 404],
  ['payment.not_found', 404],
  ['delivery.not_found', 404],
]);

/** Errors of allowed requests: an invalid token in the body, a date without a run, an unknown job, no courier named. */
const ALLOWED_ERRORS = [
  'auth.invalid_credentials',
  'auth.invalid_code',
  'session.not_found',
  'auth.invalid_refresh_token',
  'auth.invalid_reset_token',
  'auth.invalid_verification_token',
  'notification.invalid_unsubscribe_token',
  'payment.webhook_refused',
  'generation.not_found',
  'job.not_found',
  'manifest.courier_missing',
];

/** Values that differ from those of other routes. There is no report of the future. */
const KNOWN_BY_ROUTE: Record<string, Record<string, string>> = {
  'POST /analytics/report': { from: '2025-10-01', to: '2025-10-31' },
};

describe('access to the routes', () => {
  const contract = Contract.read();
  let app: TestApp;
  let client: ContractClient;
  let fixture: ActorFixture;
  beforeAll(async () => {
    app = await TestApp.start();
    fixture = await createActorFixture(app);
    client = await ContractClient.connect(app);
  });
  afterAll(() => app.stop());

  it('is listed here for every route and no other', () => {
    expect(Object.keys(RULE_BY_ROUTE).sort()).toEqual(contract.routes.map(({ name }) => name).sort());
  });

  it.each(Object.entries(RULE_BY_ROUTE))('%s: %s', async (name, rule) => {
    const known = { ...fixture.known, ...KNOWN_BY_ROUTE[name] };
    const route = contract.route(name);
    expect(await outcomesOf(route, exampleRequest(route, known))).toEqual(byActor(RULES[rule]));
    if (!RULES_WITH_USER_ID.includes(rule)) return;
    expect(await outcomesOf(route, exampleRequest(route, known, { userId: known.userId }))).toEqual(
      byActor(OUTCOMES_WITH_CUSTOMER_ID),
    );
  });

  it.each(
    Object.entries(RULE_BY_ROUTE)
      .filter(([, rule]) => RULES_FOR_CALLERS.includes(rule))
      .map(([name]) => name),
  )('%s refuses an admin who names another user, in the body or in the query', async (name) => {
    const { known, tokens } = fixture;
    const route = contract.route(name);
    const token = tokens.get('admin');
    const { path, ...example } = exampleRequest(route, known);
    const inQuery = { ...example, path: `${path}${path.includes('?') ? '&' : '?'}userId=${String(known.userId)}` };
    for (const request of [inQuery, exampleRequest(route, known, { userId: known.userId })]) {
      const answer = await client.send({ ...request, token });
      // A route that does not know the field refuses it as well.
      expect([403, '400 request.invalid']).toContain(accessOutcomeOf(answer));
      expect(contract.responseError(route, answer)).toBeUndefined();
    }
  });

  /** Sends the same request as every actor, checks the responses against the document, and returns the outcomes. */
  async function outcomesOf(route: Route, request: ContractRequest): Promise<Record<string, AccessOutcome>> {
    const outcomes: [Actor, AccessOutcome][] = [];
    for (const actor of ACTORS) {
      const answer = await client.send({ ...request, token: fixture.tokens.get(actor) });
      outcomes.push([actor, accessOutcomeOf(answer)]);
      // No cache may keep what is not the same for everyone.
      if (RULE_BY_ROUTE[route.name] !== 'anyone') expect(answer.headers.get('cache-control')).toBe('no-store');
      expect({ route: route.name, answer, error: contract.responseError(route, answer) }).toMatchObject({
        error: undefined,
      });
    }
    return Object.fromEntries(outcomes);
  }
});

/** A conflict means that access was allowed. */
function accessOutcomeOf({ status, body }: ContractResponse): AccessOutcome {
  if (status < 400 || status === 409) return ALLOWED;
  const { code = '' } = body as { code?: string };
  return REFUSALS.get(code) ?? (ALLOWED_ERRORS.includes(code) ? ALLOWED : `${status} ${code}`);
}

function byActor(outcomes: readonly AccessOutcome[]): Record<string, AccessOutcome> {
  return Object.fromEntries(ACTORS.map((actor, index) => [actor, outcomes[index] ?? ALLOWED]));
}
