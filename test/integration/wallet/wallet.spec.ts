import type { PublishedEvent } from '../../../src/events/event-map';
import type { WalletBalanceLow } from '../../../src/events/wallet.events';
import { newPaymentId } from '../../../src/modules/payment/domain/ids';
import { InsufficientBalance, type Movement, WalletMovements, WalletService } from '../../../src/modules/wallet';
import { EntryExists } from '../../../src/modules/wallet/domain/wallet.errors';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { EventRecorder } from '../../support/measure/event-recorder';
import { customerWithBalance, type TestUser, walletOf } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

describe('a wallet', () => {
  let app: TestApp;
  let movements: WalletMovements;
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [EventRecorder] });
    movements = app.get(WalletMovements);
  });
  afterAll(() => app.stop());

  const commit = (person: TestUser, ...moved: Movement[]) =>
    movements.post(person.userId, moved, ({ writes, events }) =>
      app.get<Transaction>(Transaction).commit(writes, events),
    );
  const debit = (amount: number, sourceId = newPaymentId()): Movement => ({
    ...{ type: 'PAYMENT', amount: -amount * 100, reason: 'Milk', sourceId },
  });
  const warnings = async ({ userId }: TestUser) => {
    await app.settled();
    const events = app
      .get<EventRecorder>(EventRecorder)
      .ofType('wallet.balance_low') as PublishedEvent<WalletBalanceLow>[];
    return events.filter((event) => event.userId === userId).map(({ balance }) => balance / 100);
  };

  it('is empty before the first movement', async () => {
    const customer = app.as('CUSTOMER');
    const { body, headers } = await customer.get('/wallet/view').expect(200);
    expect(body).toEqual({ balance: 0, currency: 'INR', lowBalanceThreshold: 100, version: 1 });
    expect(headers.etag).toBe('"1"');
    expect((await customer.get('/wallet/ledger').expect(200)).body).toEqual([]);
  });

  it('is visible to its user and to admins only', async () => {
    const account = { name: 'Uma', email: 'uma@milkround.test', password: 'test1234' };
    const { userId } = (await app.http.post('/user/register', account).expect(201)).body as { userId: string };
    await customerWithBalance(app, 70, app.as('CUSTOMER', userId));
    for (const path of ['/wallet/view', '/wallet/ledger']) {
      await app.http.get(path).expect(401);
      expect((await app.as('CUSTOMER').get(path, { userId }).expect(403)).body.code).toBe('auth.not_owner');
      expect((await app.as('ADMIN').get(path, { userId: 'U-UNKNOWN' }).expect(404)).body.code).toBe('user.not_found');
      await app.as('CUSTOMER').get(path, { limits: 1 }).expect(400);
    }
    expect((await app.as('ADMIN').get('/wallet/view', { userId }).expect(200)).body.balance).toBe(70);
    expect((await app.as('ADMIN').get('/wallet/ledger', { userId }).expect(200)).body).toHaveLength(1);
  });

  it('lists its entries page by page, newest first, even within one second', async () => {
    const customer = app.as('CUSTOMER');
    for (let amount = 1; amount <= 7; amount++) await customerWithBalance(app, amount, customer);
    const seen: number[] = [];
    for (let path: string | undefined = '/wallet/ledger?limit=3'; path;) {
      const { body, headers }: { body: { amount: number }[]; headers: Record<string, string> } = await customer
        .get(path)
        .expect(200);
      seen.push(...body.map(({ amount }) => amount));
      path = /<(.*)>/.exec(headers.link ?? '')?.[1];
      const cursor = path && new URL(path, 'http://here').searchParams.get('cursor');
      if (cursor) await app.as('CUSTOMER').get('/wallet/ledger', { cursor }).expect(400);
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('never falls below zero in a race, and always equals the sum of its entries', async () => {
    const customer = await customerWithBalance(app, 100);
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 50 }, () => commit(customer, debit(7))),
      ...Array.from({ length: 5 }, () => customerWithBalance(app, 1, customer)),
    ]);
    const { balance, entries } = await walletOf(customer);
    expect(balance).toBeGreaterThanOrEqual(0);
    const debits = entries.filter(([type]) => type === 'PAYMENT').length;
    const [done, short] = [
      outcomes.slice(0, 50).filter(({ status }) => status === 'fulfilled').length,
      outcomes.filter((one) => one.status === 'rejected' && one.reason instanceof InsufficientBalance).length,
    ];
    // On a busy machine some time out, with an unknown result.
    expect(debits).toBeGreaterThanOrEqual(done);
    expect(debits).toBeLessThanOrEqual(50 - short);
    expect(short).toBeGreaterThan(0);
  });

  it('applies the same movement once', async () => {
    const customer = await customerWithBalance(app, 500);
    const once = debit(50);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => commit(customer, once)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    expect(refused).toHaveLength(9);
    for (const reason of refused) expect(reason).toBeInstanceOf(EntryExists);
    expect((await walletOf(customer)).balance).toBe(450);
  });

  it('applies several movements in one update', async () => {
    const customer = await customerWithBalance(app, 100);
    await commit(customer, debit(80), { ...debit(-30), type: 'REFUND' }, debit(50));
    expect(await walletOf(customer)).toMatchObject({ balance: 0 });
    await expect(commit(customer, debit(1), { ...debit(-0.5), type: 'REFUND' })).rejects.toMatchObject({
      code: 'wallet.insufficient_balance',
      details: { balance: 0, amount: 0.5 },
    });
    expect((await walletOf(customer)).entries).toHaveLength(4);
  });

  describe('with a low balance', () => {
    it('warns once when the balance falls below the threshold, and again after it has risen', async () => {
      const customer = await customerWithBalance(app, 130);
      await commit(customer, debit(30));
      expect(await warnings(customer)).toEqual([]);
      await commit(customer, debit(1));
      expect(await warnings(customer)).toEqual([99]);
      await commit(customer, debit(10));
      await customerWithBalance(app, 5, customer);
      await commit(customer, debit(5));
      expect(await warnings(customer)).toEqual([99]);
      await customerWithBalance(app, 50, customer);
      await commit(customer, debit(120));
      expect(await warnings(customer)).toEqual([99, 19]);
    });

    it('warns once, with the balance, when twenty debits together cross the threshold', async () => {
      const customer = await customerWithBalance(app, 110);
      await Promise.all(Array.from({ length: 20 }, () => commit(customer, debit(1))));
      expect((await walletOf(customer)).balance).toBe(90);
      expect(await warnings(customer)).toEqual([99]);
    });

    it('does not warn when it was never above the threshold', async () => {
      const customer = await customerWithBalance(app, 60);
      await commit(customer, debit(20));
      expect(await warnings(customer)).toEqual([]);
    });

    it('uses the customer’s threshold, even while it changes', async () => {
      const customer = await customerWithBalance(app, 1_000);
      await customer.patch('/wallet/settings', { lowBalanceThreshold: 900 }).expect(200);
      await commit(customer, debit(100));
      expect(await warnings(customer)).toEqual([]);
      await commit(customer, debit(0.5));
      expect(await warnings(customer)).toEqual([899.5]);
      await customer.patch('/wallet/settings', { lowBalanceThreshold: 0 }).expect(200);
      await commit(customer, debit(899.5));
      expect(await warnings(customer)).toEqual([899.5]);

      const busy = await customerWithBalance(app, 200);
      await Promise.all([
        ...Array.from({ length: 10 }, () => commit(busy, debit(1))),
        ...Array.from({ length: 5 }, (_, more) =>
          busy.patch('/wallet/settings', { lowBalanceThreshold: 150 + more }).expect(200),
        ),
      ]);
      const { body } = await busy.get('/wallet/view').expect(200);
      expect(await app.stored('Wallets', { userId: busy.userId })).toMatchObject({
        balance: 190_00,
        spare: (190 - body.lowBalanceThreshold) * 100,
        version: 6,
      });
    });
  });

  describe('with settings', () => {
    it('keeps them before and after the first movement', async () => {
      const customer = app.as('CUSTOMER');
      const { body, headers } = await customer.patch('/wallet/settings', { lowBalanceThreshold: 250.5 }).expect(200);
      expect(body).toEqual({ balance: 0, currency: 'INR', lowBalanceThreshold: 250.5, version: 2 });
      expect(headers.etag).toBe('"2"');
      await customerWithBalance(app, 300, customer);
      expect((await customer.get('/wallet/view').expect(200)).body).toEqual({ ...body, balance: 300 });
      await commit(customer, debit(50));
      expect(await warnings(customer)).toEqual([250]);
    });

    it('requires the latest settings version, which movements do not change', async () => {
      const customer = app.as('CUSTOMER');
      const change = (etag: string, lowBalanceThreshold: number) =>
        customer.patch('/wallet/settings', { lowBalanceThreshold }).set('If-Match', etag);
      await change('"2"', 10).expect(412);
      await customerWithBalance(app, 300, customer);
      await change('"1"', 20).expect(200);
      expect((await change('"1"', 30).expect(412)).body.code).toBe('request.stale');
      await change('"2"', 30).expect(200);
      expect((await customer.get('/wallet/view')).body).toMatchObject({ lowBalanceThreshold: 30, version: 3 });
      const racing = await Promise.all([40, 50, 60].map((threshold) => change('"3"', threshold)));
      expect(racing.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    });

    it.each([
      ['a negative threshold', { lowBalanceThreshold: -1 }],
      ['a text', { lowBalanceThreshold: '100' }],
      ['three decimals', { lowBalanceThreshold: 1.005 }],
      ['too high a threshold', { lowBalanceThreshold: 100_001 }],
      ['a missing threshold', {}],
      ['null', { lowBalanceThreshold: null }],
      ['a balance', { lowBalanceThreshold: 1, balance: 1_000 }],
    ])('refuses %s', async (_, wrong) => {
      expect((await app.as('CUSTOMER').patch('/wallet/settings', wrong).expect(400)).body.code).toBe('request.invalid');
    });

    it('lets only the customer change them', async () => {
      const settings = { lowBalanceThreshold: 5, userId: app.as('CUSTOMER').userId };
      expect((await app.as('CUSTOMER').patch('/wallet/settings', settings).expect(403)).body.code).toBe(
        'auth.not_owner',
      );
    });
  });

  it('is scanned with its ledger by the reconciliation', async () => {
    const customer = await customerWithBalance(app, 10);
    await customerWithBalance(app, 20, customer);
    const wallets = app.get<WalletService>(WalletService);
    const all = async <T>(
      walk: (page: { limit: number; cursor?: string }) => Promise<{ items: readonly T[]; next?: string }>,
    ) => {
      const found: T[] = [];
      for (let cursor: string | undefined, isLast = false; !isLast; isLast = cursor === undefined) {
        const page = await walk({ limit: 7, cursor });
        found.push(...page.items);
        cursor = page.next;
      }
      return found;
    };
    const sums = new Map<string, number>();
    for (const { userId, amount } of await all((page) => wallets.scanEntries(page))) {
      sums.set(userId, (sums.get(userId) ?? 0) + amount);
    }
    const balances = (await all((page) => wallets.scanWallets(page))).map(
      ({ userId, balance }) => [userId, balance] as const,
    );
    expect(new Map(balances.filter(([userId]) => sums.has(userId)))).toEqual(sums);
    expect(sums.get(customer.userId)).toBe(3_000);
  });
});
