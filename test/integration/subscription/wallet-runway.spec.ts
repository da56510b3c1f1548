import { LowBalanceWarnings } from '../../../src/modules/subscription/low-balance-warnings.service';
import { type Wallet, WalletChanged, WalletMovements, WalletService } from '../../../src/modules/wallet';
import { Transaction } from '../../../src/platform/transaction/transaction';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { customerWithBalance, orderRequest, type TestUser } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  getSubscription,
  startDairy,
  type SubscriptionBody,
  TUESDAY_MORNING,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { advanceTo } from '../generation/generation-run';
import { CustomerInbox } from '../notification/customer-inbox';

const WALLET = { paymentMethod: 'WALLET' };

describe('the wallet runway', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  let day = 1;
  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
    await app.as('ADMIN').patch('/product/update', { productId: 'MILK', stock: 10_000 }).expect(200);
  });
  afterAll(() => app.stop());

  const runwayOf = async (person: TestUser, subscription: SubscriptionBody) =>
    (await getSubscription(person, subscription)).runway;
  const runGeneration = () => advanceTo(app, clock, `2026-12-${String(day++).padStart(2, '0')}T15:32:00Z`);
  const tomorrow = () => ({ startDate: `2026-12-${String(day + 1).padStart(2, '0')}` });
  /** The warnings of a customer: the balance, the number of deliveries that it covers, and the first date that it does not. */
  const warningsOf = ({ userId }: { userId: string }) =>
    recorder
      .ofType('wallet.balance_low')
      .filter((event) => event.type === 'wallet.balance_low' && event.userId === userId)
      .map((event) => {
        const { balance, deliveries, shortOn } = event as Extract<typeof event, { type: 'wallet.balance_low' }>;
        return [balance / 100, deliveries, shortOn].filter((figure) => figure !== undefined);
      });
  const threshold = (person: TestUser, lowBalanceThreshold: number) =>
    person.patch('/wallet/settings', { lowBalanceThreshold }).expect(200);

  it('is shown with each wallet subscription, and covers all of them', async () => {
    const asha = await customerWithBalance(app, 230);
    const daily = await aSubscription(asha, { ...tomorrow(), ...WALLET });
    expect(await runwayOf(asha, daily)).toEqual({ deliveries: 3, until: '2026-12-04', shortOn: '2026-12-05' });
    const weekly = await aSubscription(asha, { ...tomorrow(), ...WALLET, frequency: { weekdays: { THU: 1 } } });
    const atTheDoor = await aSubscription(asha, tomorrow());
    const both = { deliveries: 3, until: '2026-12-03', shortOn: '2026-12-04' };
    expect([await runwayOf(asha, daily), await runwayOf(app.as('ADMIN'), weekly)]).toEqual([both, both]);
    expect(await runwayOf(asha, atTheDoor)).toBeUndefined();

    const { subscriptionId } = daily;
    await asha.post('/subscription/pause', { subscriptionId, from: '2026-12-03', to: '2026-12-10' }).expect(200);
    expect(await runwayOf(asha, daily)).toEqual({ deliveries: 3, until: '2026-12-10', shortOn: '2026-12-11' });
    await asha.post('/subscription/cancel', { subscriptionId: weekly.subscriptionId }).expect(200);
    expect(await runwayOf(asha, weekly)).toBeUndefined();
    await asha.patch('/subscription/update', { subscriptionId, endDate: '2026-12-12' }).expect(200);
    expect(await runwayOf(asha, daily)).toEqual({ deliveries: 3, until: '2026-12-12' });
    await asha.post('/subscription/cancel', { subscriptionId }).expect(200);
  });

  it('is zero when the wallet is empty', async () => {
    const person = app.as('CUSTOMER');
    const subscription = await aSubscription(person, { ...tomorrow(), ...WALLET });
    expect(await runwayOf(person, subscription)).toEqual({ deliveries: 0, shortOn: tomorrow().startDate });
    await person.post('/subscription/cancel', { subscriptionId: subscription.subscriptionId }).expect(200);
  });

  describe('warns two deliveries ahead', () => {
    it('once until the next top-up', async () => {
      const birbal = await customerWithBalance(app, 250);
      await threshold(birbal, 0);
      const subscription = await aSubscription(birbal, { ...tomorrow(), ...WALLET });
      const atTheDoor = await aSubscription(birbal, { ...tomorrow(), frequency: { weekdays: { MON: 1 } } });
      await runGeneration();
      await runGeneration();
      expect(warningsOf(birbal)).toEqual([]);
      await runGeneration();
      expect(warningsOf(birbal)).toEqual([[70, 1, `2026-12-0${day + 2}`]]);
      expect(await runwayOf(birbal, subscription)).toMatchObject({ deliveries: 1, shortOn: `2026-12-0${day + 2}` });
      await runGeneration();
      await app.get<LowBalanceWarnings>(LowBalanceWarnings).warnIfLow([birbal.userId, birbal.userId]);
      await app.settled();
      expect(warningsOf(birbal)).toHaveLength(1);
      await customerWithBalance(app, 120, birbal);
      await runGeneration();
      expect(warningsOf(birbal).slice(1)).toEqual([[70, 1, expect.any(String)]]);
      for (const { subscriptionId } of [subscription, atTheDoor]) {
        await birbal.post('/subscription/cancel', { subscriptionId }).expect(200);
      }
    });

    it('but not when the same run warns of the balance threshold', async () => {
      const chitra = await customerWithBalance(app, 200);
      const subscription = await aSubscription(chitra, { ...tomorrow(), ...WALLET });
      await runGeneration();
      expect(warningsOf(chitra)).toEqual([]);
      await runGeneration();
      expect(warningsOf(chitra)).toEqual([[80]]);
      await runGeneration();
      expect(warningsOf(chitra)).toEqual([[80]]);
      await chitra.post('/subscription/cancel', { subscriptionId: subscription.subscriptionId }).expect(200);
    });

    it('even if the balance fell below the threshold long before', async () => {
      const devi = await customerWithBalance(app, 230);
      await threshold(devi, 200);
      const subscription = await aSubscription(devi, { ...tomorrow(), ...WALLET });
      await runGeneration();
      expect(warningsOf(devi)).toEqual([[170]]);
      await runGeneration();
      expect(warningsOf(devi)).toEqual([[170], [110, 1, expect.any(String)]]);
      await devi.post('/subscription/cancel', { subscriptionId: subscription.subscriptionId }).expect(200);
    });

    it('by mail, with the date', async () => {
      const jimmy = await CustomerInbox.register(app);
      const person = await customerWithBalance(app, 100, app.as('CUSTOMER', jimmy.userId));
      const subscription = await aSubscription(person, { ...tomorrow(), ...WALLET });
      await threshold(person, 0);
      await runGeneration();
      const shortOn = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(
        Date.parse(`2026-12-${String(day + 1).padStart(2, '0')}T12:00:00`),
      );
      const [mail, ...more] = await jimmy.mails(/running low/);
      expect(more).toEqual([]);
      expect(mail?.body.text).toContain(
        `Your wallet is down to ₹40, too little for the delivery on ${shortOn}. Top it up soon.`,
      );
      expect(mail?.body.text).toContain(`your wallet balance will not cover your delivery on ${shortOn}`);
      await person.post('/subscription/cancel', { subscriptionId: subscription.subscriptionId }).expect(200);
    });

    it('instead of a threshold warning for a payment on the same day', async () => {
      const person = await customerWithBalance(app, 190);
      const subscription = await aSubscription(person, {
        ...tomorrow(),
        ...WALLET,
        items: [{ productId: 'MILK', qty: 3 }],
      });
      await threshold(person, 95);
      await runGeneration();
      expect(warningsOf(person)).toEqual([[100, 1, expect.any(String)]]);
      const { body } = await person.post('/order/create', orderRequest(app, 'CURD')).expect(201);
      const { orderId, amount } = body as { orderId: string; amount: number };
      await person.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).expect(201);
      await app.settled();
      expect(warningsOf(person)).toHaveLength(1);
      await person.post('/subscription/cancel', { subscriptionId: subscription.subscriptionId }).expect(200);
    });
  });

  describe('sends a warning', () => {
    let person: TestUser;
    let seen: Wallet;
    const shortfall = { deliveries: 1, shortOn: '2026-12-24' };
    const warn = async (wallet: Wallet) => {
      const { writes, events } = app.get<WalletMovements>(WalletMovements).lowBalanceWarningOf(wallet, shortfall);
      await app.get<Transaction>(Transaction).commit(writes, events);
    };
    const pay = async (wallet: Wallet, amount: number, sourceId: string) => {
      const debit = { type: 'PAYMENT', amount: -amount, reason: 'A test', sourceId } as const;
      const { writes, events } = app.get<WalletMovements>(WalletMovements).postingOf(person.userId, [debit], wallet);
      await app.get<Transaction>(Transaction).commit(writes, events);
    };
    beforeEach(async () => {
      person = await customerWithBalance(app, 150);
      seen = await app.get<WalletService>(WalletService).view(person.userId);
    });

    it('once, when several processes warn at the same time', async () => {
      const outcomes = await Promise.allSettled([warn(seen), warn(seen), warn(seen)]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await app.settled();
      expect(warningsOf(person)).toHaveLength(1);
    });

    it('but not when the balance has changed since it was read', async () => {
      await customerWithBalance(app, 500, person);
      await expect(warn(seen)).rejects.toThrow(WalletChanged);
      await app.settled();
      expect(warningsOf(person)).toEqual([]);
    });

    it('which a debit that read an older wallet does not repeat', async () => {
      await warn(seen);
      const stale = await pay(seen, 60_00, 'T1').catch((error: unknown) => error as WalletChanged);
      expect(stale).toBeInstanceOf(WalletChanged);
      await pay((stale as WalletChanged).current, 60_00, 'T1');
      await app.settled();
      expect(warningsOf(person)).toEqual([[150, 1, '2026-12-24']]);
    });

    it('but not after a debit has warned', async () => {
      await pay(seen, 60_00, 'T2');
      await expect(warn({ ...seen, balance: 90_00 })).rejects.toThrow(WalletChanged);
      await warn(await app.get<WalletService>(WalletService).view(person.userId));
      await app.settled();
      expect(warningsOf(person)).toEqual([[90]]);
      clock.set(TUESDAY_MORNING.replace('2026-12-01', '2026-12-25'));
      const later = await app.get<WalletService>(WalletService).view(person.userId);
      expect(later).toMatchObject({ toldAhead: true });
      await expect(warn(later)).rejects.toThrow(WalletChanged);
    });
  });
});
