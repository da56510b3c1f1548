import { TestApp } from '../../support/app';
import { Contract, exampleOf, type Route } from '../../support/contract';
import { type Actor, ACTORS, aNeighbourhood, type Neighbourhood } from '../../support/people';
import { type Answered, type Asked, Wire } from '../../support/wire';

jest.setTimeout(120_000);

const MAY = 'may';
type Cell = string | 401 | 403 | 404;

const BY_USER_ID = 'who is signed in, for himself; an admin for anyone';

/** What each of ACTORS meets: nobody, the customer, another customer, the courier, another courier, an admin. */
const RULES = {
  anyone: [MAY, MAY, MAY, MAY, MAY, MAY],
  'who is signed in, for himself': [401, MAY, MAY, MAY, MAY, MAY],
  [BY_USER_ID]: [401, MAY, MAY, MAY, MAY, MAY],
  'its customer': [401, MAY, 404, 404, 404, MAY],
  'its customer, its courier': [401, MAY, 404, MAY, 404, MAY],
  'its courier': [401, 403, 403, MAY, 404, MAY],
  couriers: [401, 403, 403, MAY, MAY, MAY],
  admins: [401, 403, 403, 403, 403, MAY],
} as const satisfies Record<string, readonly Cell[]>;
type Rule = keyof typeof RULES;

/** Where somebody may be named: his things, or his object, which decides for an admin. */
const NAME_A_USER: readonly Rule[] = [BY_USER_ID, 'its customer', 'its customer, its courier'];
/** What the same actors meet who name the customer's userId there. */
const FOR_THE_CUSTOMER: readonly Cell[] = [401, MAY, 403, 403, 403, MAY];

/** Who may what, by the contract; an admin may wherever anybody may. */
const WHO: Readonly<Record<string, Rule>> = {
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
  'PUT /admin/clock': 'admins',
  'DELETE /admin/clock': 'admins',
  'GET /admin/settled': 'admins',

  // Nothing much may be done to what is cancelled.
  'POST /order/cancel': 'its customer',
  'POST /subscription/cancel': 'its customer',
};

/** How a stranger is sent away. */
const REFUSALS = new Map<string, Cell>([
  ['auth.unauthenticated', 401],
  ['auth.forbidden', 403],
  ['auth.not_owner', 403],
  ['order.not_found', 404],
  ['subscription.not_found', 404],
  ['payment.not_found', 404],
  ['delivery.not_found', 404],
]);

/** Answers to who may ask, but has nothing to show: no token of ours, no date with a run. */
const ANSWERS = [
  'auth.invalid_credentials',
  'auth.invalid_refresh_token',
  'auth.invalid_reset_token',
  'payment.webhook_refused',
  'generation.not_found',
];

describe('who may call what', () => {
  const contract = Contract.read();
  let app: TestApp;
  let wire: Wire;
  let neighbourhood: Neighbourhood;
  beforeAll(async () => {
    app = await TestApp.start();
    neighbourhood = await aNeighbourhood(app);
    wire = await Wire.to(app);
  });
  afterAll(() => app.stop());

  it('is said here of every route, and of no other', () => {
    expect(Object.keys(WHO).sort()).toEqual(contract.routes.map(({ name }) => name).sort());
  });

  it.each(Object.entries(WHO))('%s: %s', async (name, rule) => {
    const { known } = neighbourhood;
    const route = contract.route(name);
    expect(await met(route, exampleOf(route, known))).toEqual(byActor(RULES[rule]));
    if (!NAME_A_USER.includes(rule)) return;
    expect(await met(route, exampleOf(route, known, { userId: known.userId }))).toEqual(byActor(FOR_THE_CUSTOMER));
  });

  /** What everybody meets who asks for the same; the answers are as the document says. */
  async function met(route: Route, asked: Asked): Promise<Record<string, Cell>> {
    const cells: [Actor, Cell][] = [];
    for (const actor of ACTORS) {
      const answer = await wire.ask({ ...asked, token: neighbourhood.tokens.get(actor) });
      cells.push([actor, cellOf(answer)]);
      expect({ route: route.name, answer, complaint: contract.complaintAboutAnswer(route, answer) }).toMatchObject({
        complaint: undefined,
      });
    }
    return Object.fromEntries(cells);
  }
});

/** A conflict is met only by who was let in. */
function cellOf({ status, body }: Answered): Cell {
  if (status < 400 || status === 409) return MAY;
  const { code = '' } = body as { code?: string };
  return REFUSALS.get(code) ?? (ANSWERS.includes(code) ? MAY : `${status} ${code}`);
}

function byActor(cells: readonly Cell[]): Record<string, Cell> {
  return Object.fromEntries(ACTORS.map((actor, index) => [actor, cells[index] ?? MAY]));
}
