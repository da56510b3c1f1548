import { EventRecorder } from '../../support/measure/event-recorder';
import { type TestUser, walletOf } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

describe('adjusting a wallet by hand', () => {
  let app: TestApp;
  let admin: TestUser;
  let registrations = 0;
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [EventRecorder] });
    admin = app.as('ADMIN');
  });
  afterAll(() => app.stop());

  const registered = async () => {
    const account = { name: 'Vani', email: `vani${++registrations}@milkround.test`, password: 'test1234' };
    const { body } = await app.http.post('/user/register', account).expect(201);
    return app.as('CUSTOMER', (body as { userId: string }).userId);
  };
  const adjust = ({ userId }: { userId: string }, body: object = {}, by: TestUser = admin) =>
    by.post('/admin/wallet/adjust', { userId, amount: 500, reason: 'Paid in cash to Ravi', ...body });

  it('records the amount and the reason', async () => {
    const customer = await registered();
    const { body: entry } = await adjust(customer).expect(201);
    expect(entry).toMatchObject({
      userId: customer.userId,
      type: 'ADJUSTMENT',
      amount: 500,
      reason: 'Paid in cash to Ravi',
    });
    expect(entry).toMatchObject({ by: admin.userId });
    const { userId: _owner, by: _admin, ...seen } = entry as Record<string, string>;
    expect((await customer.get('/wallet/ledger').expect(200)).body).toEqual([seen]);
    expect(seen.entryId).toBe(`ADJUSTMENT-${seen.sourceId}`);
    await adjust(customer, { amount: -0.01, reason: 'Typing error' }).expect(201);
    await adjust(customer, { amount: 20, type: 'CREDIT', reason: 'Sour milk' }).expect(201);
    expect(await walletOf(customer)).toEqual({
      balance: 519.99,
      entries: [
        ['CREDIT', 20],
        ['ADJUSTMENT', -0.01],
        ['ADJUSTMENT', 500],
      ],
    });
  });

  it('never overdraws the wallet, and warns of a low balance like every debit', async () => {
    const customer = await registered();
    await adjust(customer, { amount: 150 }).expect(201);
    const { body } = await adjust(customer, { amount: -150.01 }).expect(409);
    expect(body).toMatchObject({ code: 'wallet.insufficient_balance', balance: 150, amount: 150.01 });
    await adjust(customer, { amount: -60 }).expect(201);
    await app.settled();
    expect(app.get<EventRecorder>(EventRecorder).ofType('wallet.balance_low')).toMatchObject([
      { userId: customer.userId, balance: 90_00, lowBalanceThreshold: 100_00 },
    ]);
  });

  it('is done once under one idempotency key', async () => {
    const customer = await registered();
    const withKey = (body: object = {}) => adjust(customer, body).set('Idempotency-Key', 'cash-1');
    const responses = await Promise.all(Array.from({ length: 5 }, () => withKey()));
    expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(responses.filter(({ headers }) => headers['idempotency-replayed'])).toHaveLength(4);
    await withKey({ amount: 501 }).expect(422);
    expect(await walletOf(customer)).toEqual({ balance: 500, entries: [['ADJUSTMENT', 500]] });
  });

  it.each([
    ['nothing', { amount: 0 }],
    ['three decimals', { amount: 1.005 }],
    ['a text', { amount: '5' }],
    ['more than the limit', { amount: 10_000_001 }],
    ['a negative credit', { amount: -5, type: 'CREDIT' }],
    ['what is no adjustment', { type: 'TOP_UP' }],
    ['no reason', { reason: undefined }],
    ['an empty reason', { reason: '  ' }],
    ['an unknown field', { balance: 5 }],
  ])('refuses %s, and moves nothing', async (_, wrong) => {
    const customer = await registered();
    expect((await adjust(customer, wrong).expect(400)).body.code).toBe('request.invalid');
    expect(await walletOf(customer)).toEqual({ balance: 0, entries: [] });
  });

  it('is for admins only, and refuses unknown users', async () => {
    const customer = await registered();
    expect((await adjust(customer, {}, customer).expect(403)).body.code).toBe('auth.forbidden');
    expect((await adjust(customer, {}, app.as('COURIER')).expect(403)).body.code).toBe('auth.forbidden');
    expect((await adjust({ userId: 'U-UNKNOWN' }).expect(404)).body.code).toBe('user.not_found');
    await admin.post('/admin/wallet/adjust', { amount: 5, reason: 'A correction' }).expect(400);
    expect(await app.stored('Wallets', { userId: 'U-UNKNOWN' })).toBeUndefined();
  });
});
