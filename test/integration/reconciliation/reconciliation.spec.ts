// Standalone spec: it is slow, so that it can run in parallel.
import { addDays } from '../../../src/kernel/calendar';
import { outcomeTable } from '../../../src/modules/generation/generation.schema';
import { subscriptionOrderIdOf } from '../../../src/modules/order/domain/ids';
import { orderTable } from '../../../src/modules/order/order.schema';
import { PaymentFollowUp, PaymentSettlement } from '../../../src/modules/payment';
import { sandboxTable } from '../../../src/modules/payment/adapters/sandbox.schema';
import { newPaymentId } from '../../../src/modules/payment/domain/ids';
import { paymentTable } from '../../../src/modules/payment/payment.schema';
import { type ReconciliationReport, ReconciliationService } from '../../../src/modules/reconciliation';
import { subscriptionIdPrefixOf, subscriptionPartitionOf } from '../../../src/modules/subscription/domain/ids';
import { subscriptionTable } from '../../../src/modules/subscription/subscription.schema';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { ledgerTable, walletTable } from '../../../src/modules/wallet/wallet.schema';
import { Database } from '../../../src/platform/dynamo/database';
import { readItem } from '../../../src/platform/dynamo/read';
import type { TableDeclaration } from '../../../src/platform/dynamo/table';
import { type AttributeChanges, put, remove, update } from '../../../src/platform/dynamo/write';
import {
  aProduct,
  customerWithBalance,
  placeOrder,
  placePaidOrder,
  type TestUser,
  walletOf,
} from '../../support/fixtures/order-steps';
import { anOrder, type OrderFixture } from '../../support/fixtures/orders';
import { TestApp } from '../../support/test-app';

type Item = Record<string, unknown>;

interface PlantedError {
  readonly violations: readonly Item[];
  readonly repair: () => Promise<unknown>;
}

jest.setTimeout(180_000);

describe('the books', () => {
  let app: TestApp;
  let milk: string;
  beforeAll(async () => {
    app = await TestApp.start();
    milk = await aProduct(app, { productId: 'MILK', price: 30, stock: 10_000 });
  });
  afterAll(() => app.stop());

  const audit = async () => (await app.as('ADMIN').get('/admin/books').expect(200)).body as ReconciliationReport;

  async function deliver({ deliveryId }: OrderFixture, ...reports: [status: string, reason?: string][]): Promise<void> {
    for (const [status, reason] of reports) {
      await app.as('ADMIN').patch('/delivery/update', { deliveryId, status, reason }).expect(200);
    }
    await app.settled();
  }

  describe('of a correct dairy', () => {
    it('balance for every payment method and outcome', async () => {
      const account = { name: 'Asha', email: 'asha@milkround.test', password: 'test123' };
      const { userId } = (await app.http.post('/user/register', account).expect(201)).body as { userId: string };
      const customer = await customerWithBalance(app, 5_000, app.as('CUSTOMER', userId));
      const admin = app.as('ADMIN');
      const adjust = (adjustment: object) => admin.post('/admin/wallet/adjust', { userId, ...adjustment }).expect(201);
      await adjust({ amount: -10.01, reason: 'A correction' });
      await adjust({ amount: 20, type: 'CREDIT', reason: 'A gift' });
      const orderJourneys = ['CARD', 'UPI', 'WALLET', 'COD'].map(async (paymentMethod) => {
        const changes = { customer, paymentMethod, status: 'PACKED' } as const;
        await anOrder(app, { ...changes, status: 'DELIVERED' });
        await anOrder(app, changes);
        await deliver(await anOrder(app, changes), ['PICKED_UP'], ['FAILED', 'CUSTOMER_UNAVAILABLE']);
        await deliver(await anOrder(app, changes), ['PICKED_UP'], ['IN_TRANSIT'], ['FAILED', 'SPOILED']);
        const { orderId } = await anOrder(app, { customer, paymentMethod });
        await customer.post('/order/cancel', { orderId }).expect(200);
      });
      await Promise.all(orderJourneys);
      for (const paymentToken of ['tok_declined', 'tok_timeout_but_charged', 'tok_timeout_not_charged']) {
        await placePaidOrder(app, customer, milk, { paymentToken });
        await customer.post('/wallet/topup', { amount: 7, paymentMethod: 'CARD', paymentToken }).expect(201);
      }
      await placeOrder(app, customer, milk);
      await app.settled();
      expect(await audit()).toMatchObject({ balanced: true, violations: [] });

      app.clock.setOffset(3 * 60_000);
      await app.get<PaymentSettlement>(PaymentSettlement).reconcile();
      await app.settled();
      expect(await audit()).toEqual({
        balanced: true,
        violations: [],
        notices: [],
        checked: { wallets: 1, entries: 11, payments: 27, orders: 24, charges: 13, invoices: 0, subscriptions: 0 },
      });
      expect((await walletOf(customer)).balance).toBe(4_926.99);
    });

    it('balance while orders are in progress', async () => {
      const customers = await Promise.all(Array.from({ length: 4 }, () => customerWithBalance(app, 2_000)));
      let isOver = false;
      const trade = async (customer: TestUser) => {
        while (!isOver) {
          for (const paymentMethod of ['WALLET', 'CARD', 'COD']) {
            const { orderId } = await placePaidOrder(app, customer, milk, { paymentMethod });
            await customer.post('/order/cancel', { orderId }).expect(200);
          }
          await customerWithBalance(app, 1, customer);
        }
      };
      const trading = Promise.all(customers.map(trade));
      try {
        for (let times = 0; times < 3; times++) expect(await audit()).toMatchObject({ balanced: true, violations: [] });
      } finally {
        isOver = true;
        await trading;
      }
      await app.settled();
    });

    it('are for admins only', async () => {
      await app.as('CUSTOMER').get('/admin/books').expect(403);
      await app.http.get('/admin/books').expect(401);
    });
  });

  /** Plants every mistake in the stored items, runs one reconciliation, and repairs the mistakes afterwards. */
  describe('with planted mistakes', () => {
    let report: ReconciliationReport;
    const planted = new Map<string, PlantedError>();
    // Checks with violations take seconds, so on a busy machine the endpoint would continue as a job.
    const auditWithoutLimit = () => app.get<ReconciliationService>(ReconciliationService).run();

    const database = () => app.get<Database>(Database);
    const nameOf = (table: TableDeclaration) => database().tableName(table);
    const change = async (table: TableDeclaration, key: Item, changes: AttributeChanges) => {
      await database().write(update(nameOf(table), key, changes));
    };
    const add = async (table: TableDeclaration, item: Item) => {
      await database().write(put(nameOf(table), item));
    };
    const take = async (table: TableDeclaration, key: Item): Promise<Item> => {
      const item = await database().get(readItem<Item>(nameOf(table), key));
      await database().write(remove(nameOf(table), key));
      return item as Item;
    };
    const charge = (paymentId: string, amount: number) =>
      add(sandboxTable, { paymentId, amount, outcome: 'SUCCESS', decidedAt: 0, refunded: false });
    const cancelled = async () => {
      const { orderId, paymentId = '', customer } = await anOrder(app);
      await customer.post('/order/cancel', { orderId }).expect(200);
      await app.settled();
      return { orderId, paymentId, userId: customer.userId };
    };

    const mistakes: Record<string, () => Promise<PlantedError>> = {
      'a balance that is off by a paisa': async () => {
        const { userId } = await customerWithBalance(app, 100);
        await change(walletTable, { userId }, { add: { balance: 1 } });
        return {
          violations: [{ kind: 'BALANCE_WRONG', userId }],
          repair: () => change(walletTable, { userId }, { add: { balance: -1 } }),
        };
      },
      'a missing entry': async () => {
        const customer = await customerWithBalance(app, 100);
        const { userId } = customer;
        const { paymentId, orderId } = await placePaidOrder(app, customer, milk, { paymentMethod: 'WALLET' });
        const entryId = `PAYMENT-${paymentId}`;
        const entry = await take(ledgerTable, { userId, entryId });
        return {
          violations: [
            { kind: 'BALANCE_WRONG', userId },
            { kind: 'ENTRY_MISSING', userId, entryId, orderId, paymentId },
          ],
          repair: () => add(ledgerTable, entry),
        };
      },
      'an entry without a source and without a wallet': async () => {
        const [userId, paymentId] = [newUserId(), newPaymentId()];
        const entryId = `TOP_UP-${paymentId}`;
        const moment = `${app.clock.now()}#1`;
        await add(ledgerTable, { userId, entryId, type: 'TOP_UP', amount: 500, sourceId: paymentId, moment });
        return {
          violations: [
            { kind: 'WALLET_MISSING', userId, entryId, paymentId },
            { kind: 'ENTRY_UNEXPLAINED', userId, entryId, paymentId },
          ],
          repair: () => take(ledgerTable, { userId, entryId }),
        };
      },
      'a wallet that paid twice for one order': async () => {
        const customer = await customerWithBalance(app, 100);
        const { userId } = customer;
        const { paymentId } = await placePaidOrder(app, customer, milk, { paymentMethod: 'WALLET' });
        const entry = await app.stored('WalletLedger', { userId, entryId: `PAYMENT-${paymentId}` });
        const entryId = `PAYMENT-${paymentId}-AGAIN`;
        await add(ledgerTable, { ...entry, entryId });
        await change(walletTable, { userId }, { add: { balance: -3_000 } });
        return {
          violations: [{ kind: 'ENTRY_WRONG', userId, entryId, paymentId }],
          repair: async () => {
            await change(walletTable, { userId }, { add: { balance: 3_000 } });
            await take(ledgerTable, { userId, entryId });
          },
        };
      },
      'a cancelled order that was not refunded': async () => {
        const { orderId, paymentId, userId } = await cancelled();
        await change(paymentTable, { paymentId }, { set: { status: 'SUCCESS' }, remove: ['refund'] });
        await change(orderTable, { orderId }, { set: { 'payment.status': 'SUCCESS' } });
        await change(sandboxTable, { paymentId }, { set: { refunded: false } });
        return {
          violations: [{ kind: 'REFUND_MISSING', paymentId, orderId, userId }],
          repair: async () => {
            await change(paymentTable, { paymentId }, { set: { status: 'REFUNDED' } });
            await change(orderTable, { orderId }, { set: { 'payment.status': 'REFUNDED' } });
            await change(sandboxTable, { paymentId }, { set: { refunded: true } });
          },
        };
      },
      'a refund that never happened at the gateway': async () => {
        const { orderId, paymentId, userId } = await cancelled();
        await change(sandboxTable, { paymentId }, { set: { refunded: false } });
        return {
          violations: [{ kind: 'REFUND_MISSING', paymentId, orderId, userId }],
          repair: () => change(sandboxTable, { paymentId }, { set: { refunded: true } }),
        };
      },
      'a refund that only the gateway has': async () => {
        const { orderId, paymentId = '', customer } = await anOrder(app);
        await change(sandboxTable, { paymentId }, { set: { refunded: true } });
        return {
          violations: [{ kind: 'REFUND_UNKNOWN', paymentId, orderId, userId: customer.userId }],
          repair: () => change(sandboxTable, { paymentId }, { set: { refunded: false } }),
        };
      },
      'a dispute that only the gateway has': async () => {
        const { orderId, paymentId = '', customer } = await anOrder(app);
        await change(sandboxTable, { paymentId }, { set: { disputedAt: 0 } });
        return {
          violations: [{ kind: 'DISPUTE_UNKNOWN', paymentId, orderId, userId: customer.userId }],
          repair: () => change(sandboxTable, { paymentId }, { remove: ['disputedAt'] }),
        };
      },
      'a failed refund that the wallet did not get': async () => {
        const { orderId, paymentId, userId } = await cancelled();
        await change(sandboxTable, { paymentId }, { set: { refundFailsAt: 0 } });
        return {
          violations: [{ kind: 'REFUND_MISSING', paymentId, orderId, userId }],
          repair: () => app.get<PaymentFollowUp>(PaymentFollowUp).followUp(paymentId),
        };
      },
      'a confirmed order without a payment': async () => {
        const { orderId, customer } = await anOrder(app, { paymentMethod: 'COD' });
        const { payment } = (await app.stored('Orders', { orderId })) as { payment: Item };
        await change(orderTable, { orderId }, { remove: ['payment'] });
        return {
          violations: [{ kind: 'ORDER_UNPAID', orderId, userId: customer.userId }],
          repair: () => change(orderTable, { orderId }, { set: { payment } }),
        };
      },
      'a delivered order whose cash was not collected': async () => {
        const { orderId, paymentId = '', customer } = await anOrder(app, { paymentMethod: 'COD', status: 'DELIVERED' });
        await change(paymentTable, { paymentId }, { set: { status: 'PENDING' } });
        const ids = { orderId, userId: customer.userId, paymentId };
        return {
          violations: [
            { kind: 'ORDER_UNPAID', ...ids },
            { kind: 'ORDER_OUT_OF_STEP', ...ids },
            { kind: 'CASH_WRONG', ...ids },
          ],
          repair: () => change(paymentTable, { paymentId }, { set: { status: 'SUCCESS' } }),
        };
      },
      'an order that is paid twice': async () => {
        const customer = await customerWithBalance(app, 100);
        const { userId } = customer;
        const {
          orderId,
          amount,
          paymentId: otherPaymentId,
        } = await anOrder(app, { customer, paymentMethod: 'WALLET' });
        const paymentId = newPaymentId();
        const again = {
          paymentId,
          orderId,
          userId,
          amount: amount * 100,
          method: 'CARD',
          status: 'SUCCESS',
          version: 2,
        };
        await add(paymentTable, again);
        await charge(paymentId, amount * 100);
        return {
          violations: [{ kind: 'PAID_TWICE', paymentId, orderId, userId, otherPaymentId }],
          repair: async () => {
            await take(paymentTable, { paymentId });
            await take(sandboxTable, { paymentId });
          },
        };
      },
      'a payment of less than its order and its charge': async () => {
        const { orderId, paymentId = '', customer } = await anOrder(app);
        await change(paymentTable, { paymentId }, { add: { amount: -1 } });
        const ids = { paymentId, orderId, userId: customer.userId };
        return {
          violations: [
            { kind: 'CHARGE_WRONG', ...ids },
            { kind: 'AMOUNT_WRONG', ...ids },
          ],
          repair: () => change(paymentTable, { paymentId }, { add: { amount: 1 } }),
        };
      },
      'a charge without a payment': async () => {
        const paymentId = newPaymentId();
        await charge(paymentId, 3_000);
        return {
          violations: [{ kind: 'CHARGE_UNKNOWN', paymentId }],
          repair: () => take(sandboxTable, { paymentId }),
        };
      },
      'a failed payment that was charged': async () => {
        const customer = app.as('CUSTOMER');
        const { orderId, paymentId } = await placePaidOrder(app, customer, milk, { paymentToken: 'tok_declined' });
        await change(sandboxTable, { paymentId }, { set: { outcome: 'SUCCESS' } });
        return {
          violations: [{ kind: 'CHARGE_UNKNOWN', paymentId, orderId, userId: customer.userId }],
          repair: () => change(sandboxTable, { paymentId }, { set: { outcome: 'FAILED' } }),
        };
      },
      'a delivery that is decided, but has neither an order nor an outcome': async () => {
        const userId = newUserId();
        const date = addDays(app.clock.now().slice(0, 10), 3);
        const subscriptionId = `${subscriptionIdPrefixOf(userId)}LOST`;
        const key = { shard: subscriptionPartitionOf(subscriptionId), subscriptionId };
        const items = [{ productId: 'MILK', qty: 1 }];
        const from = { from: date, anchor: date, frequency: 'DAILY', deliverySlot: '06:30' };
        const terms = [{ ...from, items, address: '12 Dairy Lane', paymentMethod: 'COD' }];
        const facts = { terms, pauses: [], exceptions: [], createdAt: app.clock.now(), version: 1 };
        await add(subscriptionTable, { ...key, userId, startDate: date, generatedThrough: date, ...facts });
        return {
          violations: [{ kind: 'ORDER_MISSING', userId, orderId: subscriptionOrderIdOf(subscriptionId, date) }],
          repair: () =>
            add(outcomeTable, { dateShard: `${date}#${key.shard}`, subscriptionId, userId, outcome: 'MISSED' }),
        };
      },
      'a payment that was never charged': async () => {
        const { orderId, paymentId = '', customer } = await anOrder(app);
        const booked = await take(sandboxTable, { paymentId });
        return {
          violations: [{ kind: 'CHARGE_MISSING', paymentId, orderId, userId: customer.userId }],
          repair: () => add(sandboxTable, booked),
        };
      },
    };

    beforeAll(async () => {
      for (const [name, plant] of Object.entries(mistakes)) planted.set(name, await plant());
      report = await auditWithoutLimit();
    });

    it.each(Object.keys(mistakes))('report %s, with its ids', (name) => {
      for (const violation of planted.get(name)?.violations ?? []) {
        expect(report.violations).toContainEqual({ ...violation, detail: expect.any(String) });
      }
    });

    it('report nothing else', () => {
      const expectedViolations = [...planted.values()].flatMap(({ violations }) => violations);
      expect(report).toMatchObject({ balanced: false, violations: { length: expectedViolations.length } });
    });

    it('describe each violation in words', () => {
      expect(report.violations.map(({ detail }) => detail)).toEqual(
        expect.arrayContaining([
          'the balance is 100.01, the entries add up to 100',
          'the gateway charged 30, but the payment does not exist',
          'the order is CANCELLED, but its payment was not refunded',
        ]),
      );
    });

    it('balance after all mistakes are fixed', async () => {
      for (const { repair: mend } of planted.values()) await mend();
      expect(await auditWithoutLimit()).toMatchObject({ balanced: true, violations: [] });
    });
  });
});
