import { type Actor, type ActorFixture, ACTORS, createActorFixture } from '../../support/actor-fixture';
import { Contract, exampleRequest, type Route } from '../../support/contract';
import { ContractClient, type ContractRequest, type ContractResponse } from '../../support/contract-client';
import { TestApp } from '../../support/test-app';

jest.setTimeout(120_000);

const ALLOWED = 'may';
type AccessOutcome = string | 401 | 403 | 404;

const BY_USER_ID = 'who is signed in, for himself; an admin for anyone';

/** What each of ACTORS meets: nobody, the customer, another customer, the courier, another courier, an admin. */
const RULES = {
  anyone: [ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED],
  'who is signed in, for himself': [401, ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED],
  [BY_USER_ID]: [401, ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED],
  'its customer': [401, ALLOWED, 404, 404, 404, ALLOWED],
  'its customer, its courier': [401, ALLOWED, 404, ALLOWED, 404, ALLOWED],
  'its courier': [401, 403, 403, ALLOWED, 404, ALLOWED],
  couriers: [401, 403, 403, ALLOWED, ALLOWED, ALLOWED],
  admins: [401, 403, 403, 403, 403, ALLOWED],
} as const satisfies Record<string, readonly AccessOutcome[]>;
type Rule = keyof typeof RULES;

/** Where somebody may be named: his things, or his object, which decides for an admin. */
const RULES_WITH_USER_ID: readonly Rule[] = [BY_USER_ID, 'its customer', 'its customer, its courier'];
/** What the same actors meet who name the customer's userId there. */
const WHEN_NAMING_THE_CUSTOMER: readonly AccessOutcome[] = [401, ALLOWED, 403, 403, 403, ALLOWED];

/** Who may what, by the contract; an admin may wherever anybody may. */
const RULE_BY_ROUTE: Readonly<Record<string, Rule>> = {
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',

  'POST /user/register': 'anyone',
  'POST /user/login': 'anyone',
  'POST /user/refresh': 'anyone',
  'POST /user/logout': 'anyone',
  'GET /user/profile': BY_USER_ID,
  'PATCH /user/profile': BY_USER_ID,
  'POST /user/password/change': 'who is signed in, for himself',
  'POST /user/password/forgot': 'anyone',
  'POST /user/password/reset': 'anyone',

  'GET /product/list': 'anyone',
  'GET /product/{productId}': 'anyone',
  'POST /product/add': 'admins',
  'PATCH /product/update': 'admins',

  'POST /cart/add': BY_USER_ID,
  'GET /cart/view': BY_USER_ID,
  'PATCH /cart/update': BY_USER_ID,
  'DELETE /cart/clear': BY_USER_ID,

  'POST /order/create': BY_USER_ID,
  'GET /order/track': 'its customer, its courier',
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
  'GET /delivery/list': 'couriers',
  'GET /delivery/{deliveryId}': 'its customer, its courier',

  'GET /analytics/report': 'admins',
  'GET /analytics/events': 'admins',

  'POST /admin/users': 'admins',
  'GET /admin/users': 'admins',
  'PATCH /admin/users/{userId}': 'admins',
  'GET /admin/orders': 'admins',
  'PATCH /admin/order/status': 'admins',
  'GET /admin/generation/preview': 'admins',
  'POST /admin/generation/run': 'admins',
  'GET /admin/generation/{date}': 'admins',
  'GET /admin/demand': 'admins',
  'GET /admin/outbox': 'admins',
  'POST /admin/outbox/retry': 'admins',
  'POST /admin/wallet/adjust': 'admins',
  'GET /admin/books': 'admins',
  'GET /admin/job/{jobId}': 'admins',
  'PUT /admin/clock': 'admins',
  'DELETE /admin/clock': 'admins',
  'GET /admin/settled': 'admins',

  // Nothing much may be done to what is cancelled.
  'POST /order/cancel': 'its customer',
  'POST /subscription/cancel': 'its customer',
};

/** How a stranger is sent away. */
const REFUSALS = new Map<string, AccessOutcome>([
  ['auth.unauthenticated', 401],
  ['auth.forbidden', 403],
  ['auth.not_owner', 403],
  ['order.not_found', 404],
  ['subscription.not_found', 404],
  ['payment.not_found', 404],
  ['delivery.not_found', 404],
]);

/** Answers to who may ask, but has nothing to show: no token of ours, no date with a run, no job. */
const ALLOWED_ERRORS = [
  'auth.invalid_credentials',
  'auth.invalid_refresh_token',
  'auth.invalid_reset_token',
  'payment.webhook_refused',
  'generation.not_found',
  'job.not_found',
];

describe('who may call what', () => {
  const contract = Contract.read();
  let app: TestApp;
  let client: ContractClient;
  let neighbourhood: ActorFixture;
  beforeAll(async () => {
    app = await TestApp.start();
    neighbourhood = await createActorFixture(app);
    client = await ContractClient.connect(app);
  });
  afterAll(() => app.stop());

  it('is said here of every route, and of no other', () => {
    expect(Object.keys(RULE_BY_ROUTE).sort()).toEqual(contract.routes.map(({ name }) => name).sort());
  });

  it.each(Object.entries(RULE_BY_ROUTE))('%s: %s', async (name, rule) => {
    const { known } = neighbourhood;
    const route = contract.route(name);
    expect(await met(route, exampleRequest(route, known))).toEqual(byActor(RULES[rule]));
    if (!RULES_WITH_USER_ID.includes(rule)) return;
    expect(await met(route, exampleRequest(route, known, { userId: known.userId }))).toEqual(
      byActor(WHEN_NAMING_THE_CUSTOMER),
    );
  });

  /** What everybody meets who asks for the same; the answers are as the document says. */
  async function met(route: Route, asked: ContractRequest): Promise<Record<string, AccessOutcome>> {
    const cells: [Actor, AccessOutcome][] = [];
    for (const actor of ACTORS) {
      const answer = await client.send({ ...asked, token: neighbourhood.tokens.get(actor) });
      cells.push([actor, accessOutcomeOf(answer)]);
      expect({ route: route.name, answer, complaint: contract.responseError(route, answer) }).toMatchObject({
        complaint: undefined,
      });
    }
    return Object.fromEntries(cells);
  }
});

/** A conflict is met only by who was let in. */
function accessOutcomeOf({ status, body }: ContractResponse): AccessOutcome {
  if (status < 400 || status === 409) return ALLOWED;
  const { code = '' } = body as { code?: string };
  return REFUSALS.get(code) ?? (ALLOWED_ERRORS.includes(code) ? ALLOWED : `${status} ${code}`);
}

function byActor(outcomes: readonly AccessOutcome[]): Record<string, AccessOutcome> {
  return Object.fromEntries(ACTORS.map((actor, index) => [actor, outcomes[index] ?? ALLOWED]));
}
