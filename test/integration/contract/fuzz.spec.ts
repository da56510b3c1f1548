// Standalone spec: it is slow, so that it can run in parallel.
import fc from 'fast-check';
import { type Actor, type ActorFixture, ACTORS, createActorFixture } from '../../support/fixtures/actor-fixture';
import { BoundaryCases } from '../../support/fixtures/boundary-cases';
import { Contract, exampleRequest, type Route } from '../../support/contract/contract';
import { ContractClient, type ContractResponse } from '../../support/contract/contract-client';
import { type FuzzedRequest, hasInput, RequestFuzzer } from '../../support/contract/request-fuzzer';
import { TestApp } from '../../support/test-app';

jest.setTimeout(600_000);

/** Requests per route and allowed actor; other actors send one. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 5);
/** Fixed in CI. A failure prints its seed. */
const SEED = Number(process.env.FUZZ_SEED ?? (process.env.CI ? 20251014 : Date.now() % 1e9));

/** Rules that schemas cannot express: relations between members, and rules of the gateway. */
const CROSS_FIELD_RULES = [
  /must not be (before|after) /,
  /^a delivery has at most \d+ units of /,
  /\bat most \d+ (days|lines)\b|must be at most .* days/,
  /^send either orderId or orderIds$/,
  /^refreshToken is (required|allowed only) without X-Session: cookie$/,
  /^permanent requires courierId$/,
  /^wait requires since$/,
  /^(deliverySlot|address) is allowed only with orderId$/,
  /^send stock or stockDelta, not both$/,
  /^the request changes nothing: /,
  /^reason is (required|allowed only) for FAILED$/,
  /^amount of a CREDIT must be more than 0$/,
  /^body must have an id/,
  /^paymentToken must be one of tok_/,
  /^phone must be an existing phone number/,
  /^name must not contain /,
  /^\w+ must contain a visible character$/,
  /^number must be an order number/,
  // Characters of a password are counted after Unicode normalisation.
  /^(password|newPassword) must have \d+–\d+ characters$/,
  // Accounts of an external issuer have no password.
  /^password must be the password of the account$/,
];

/** A webhook is refused for its signature before its body is validated. */
const REJECTION_CODES = ['request.invalid', 'payment.webhook_refused'];

/** The codes of a response: its own, or those of its results, because some lists are validated entry by entry. */
function codesOf(body: unknown): string[] {
  const results = (Array.isArray(body) ? body : [body]) as ({ code?: string } | null | undefined)[];
  return results.flatMap((result) => result?.code ?? []);
}

describe(`the API under fuzz (FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS})`, () => {
  const contract = Contract.read();
  let app: TestApp;
  let client: ContractClient;
  let fixture: ActorFixture;
  let fuzz: RequestFuzzer;
  beforeAll(async () => {
    app = await TestApp.start();
    fixture = await createActorFixture(app);
    client = await ContractClient.connect(app);
    fuzz = new RequestFuzzer(contract, fixture.known);
  });
  afterAll(() => app.stop());

  it.each(contract.routes.filter(hasInput).map((route) => [route.name, route] as const))(
    '%s refuses every value outside the limits of the document',
    async (_name, route) => {
      const valid = exampleRequest(route, fixture.known);
      const token = fixture.tokens.get(ACTORS.find((actor) => isAllowedFor(route, actor)) ?? 'anonymous');
      const faults: string[] = [];
      for (const request of new BoundaryCases(contract).casesFor(route, valid)) {
        const answer = await client.send({ ...request, token });
        const codes = codesOf(answer.body);
        const fault =
          contract.responseError(route, answer) ??
          (codes.some((code) => REJECTION_CODES.includes(code)) ? undefined : `refused with ${codes.join(', ')}`);
        if (fault) faults.push(`${fault}: ${JSON.stringify({ request, answer })}`);
      }
      expect(faults).toEqual([]);
    },
  );

  it.each(contract.routes.map((route) => [route.name, route] as const))(
    '%s answers as documented for any request by any actor',
    async (_name, route) => {
      for (const actor of [...ACTORS, 'a forger'] as const) {
        const property = fc.asyncProperty(fuzz.requests(route), async (request) => {
          const answer = await client.send({
            ...request,
            token: actor === 'a forger' ? 'e30.e30.e30' : fixture.tokens.get(actor),
          });
          const error = errorOf(route, request, answer);
          if (error) throw new Error(`${route.name} by ${actor}: ${error}\n${JSON.stringify({ request, answer })}`);
        });
        await fc.assert(property, { seed: SEED, numRuns: hasInput(route) && isAllowedFor(route, actor) ? RUNS : 1 });
      }
    },
  );

  function errorOf(route: Route, { is }: FuzzedRequest, answer: ContractResponse): string | undefined {
    const { status, body } = answer;
    const { code, detail = '' } = (body ?? {}) as { code?: string; detail?: string };
    const undeclared = contract.responseError(route, answer);
    if (undeclared) return undeclared;
    const isAccepted = status < 400 && !codesOf(body).includes('request.invalid');
    if (isAccepted && is === 'broken') return 'a request that the schema refuses was accepted';
    const isRefused = code === 'request.invalid' && !CROSS_FIELD_RULES.some((rule) => rule.test(detail));
    if (isRefused && is === 'valid') return 'a request that the schema accepts was refused';
    return undefined;
  }
});

function isAllowedFor({ 'x-access': access }: Route, actor: Actor | 'a forger'): boolean {
  if (access === 'anyone') return actor === 'anonymous';
  if (access === 'signed-in') return actor === 'customer' || actor === 'admin';
  return access.some((role) => role.toLowerCase() === actor);
}
