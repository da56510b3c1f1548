import { type ActorFixture, createActorFixture } from '../../support/fixtures/actor-fixture';
import { Contract, exampleRequest, type Route, type Schema } from '../../support/contract/contract';
import { ContractClient } from '../../support/contract/contract-client';
import { TestApp } from '../../support/test-app';

/** The optional fields that null empties. Every other field always has a value. */
const EMPTIABLE = [
  ...['address', 'email', 'logo', 'phone', 'taxId'].map((field) => `PATCH /admin/dairy ${field}`),
  'PATCH /admin/users/{userId} address',
  'PATCH /admin/users/{userId} language',
  'PATCH /admin/users/{userId} phone',
  'PATCH /delivery/update note',
  'PATCH /delivery/update reason',
  'PATCH /product/update description',
  'PATCH /product/update imageUrl',
  'PATCH /product/update taxRate',
  'PATCH /product/update unit',
  'PATCH /subscription/update address',
  'PATCH /subscription/update endDate',
  'PATCH /user/profile address',
  'PATCH /user/profile language',
  'PATCH /user/profile phone',
];

/** Without its own address, a subscription follows the profile. */
const FROM_PROFILE = 'PATCH /subscription/update address';

describe('null in a PATCH', () => {
  const contract = Contract.read();
  const fields = contract.routes
    .filter(({ method }) => method === 'PATCH')
    .flatMap((route) =>
      Object.keys(propertiesOf(route)).map((field) => ({ route, field, name: `${route.name} ${field}` })),
    );
  let app: TestApp;
  let client: ContractClient;
  let fixture: ActorFixture;
  beforeAll(async () => {
    app = await TestApp.start();
    fixture = await createActorFixture(app);
    client = await ContractClient.connect(app);
  });
  afterAll(() => app.stop());
  // Earlier tests have emptied it.
  beforeEach(async () => {
    const profile = { userId: fixture.known.userId, address: '12 Dairy Lane' };
    await app.as('ADMIN').patch('/user/profile', profile).expect(200);
  });

  /** A request with the required fields of the example, and null in one field. */
  const send = (route: Route, field: string) => {
    const request = exampleRequest(route, fixture.known);
    const { required = [] } = schemaOf(route) as { required?: readonly string[] };
    const example = Object.entries(request.body as object).filter(([name]) => required.includes(name));
    const body = { ...Object.fromEntries(example), [field]: null };
    return client.send({ ...request, body, token: fixture.tokens.get('admin') });
  };

  it('is documented for each optional field, and only for those', () => {
    const nullable = fields.filter(({ route, field }) => isNullable(propertiesOf(route)[field]));
    expect(nullable.map(({ name }) => name).sort()).toEqual(EMPTIABLE);
  });

  it.each(fields.filter(({ name }) => EMPTIABLE.includes(name)))('empties $name', async ({ route, field, name }) => {
    const { status, body } = await send(route, field);
    // The delivery of the example is not packed yet.
    expect([200, 409]).toContain(status);
    const value = (body as Record<string, unknown>)[field] ?? null;
    expect(value).toBe(name === FROM_PROFILE ? '12 Dairy Lane' : null);
  });

  it.each(fields.filter(({ name }) => !EMPTIABLE.includes(name)))('is refused for $name', async ({ route, field }) => {
    const { status, body } = await send(route, field);
    expect(status).toBe(400);
    const message = expect.stringMatching(new RegExp(`^${field} must `));
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field, message }] });
  });

  function schemaOf({ requestBody }: Route): Schema {
    const { schema = {} } = requestBody?.content['application/json'] ?? {};
    return '$ref' in schema ? contract.schema(String(schema.$ref)) : schema;
  }

  function propertiesOf(route: Route): Readonly<Record<string, Schema>> {
    return (schemaOf(route).properties ?? {}) as Record<string, Schema>;
  }
});

function isNullable({ type }: Schema = {}): boolean {
  return Array.isArray(type) && type.includes('null');
}
