import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { addDays } from '../../../src/kernel/calendar';
import type { UserId } from '../../../src/kernel/ids';
import { RunCoordinator } from '../../../src/modules/generation';

import {
  SUBSCRIPTION_PARTITIONS,
  subscriptionIdPrefixOf,
  subscriptionPartitionOf,
} from '../../../src/modules/subscription/domain/ids';
import { subscribe } from '../../../src/modules/subscription/domain/lifecycle';
import type { PaymentMethod } from '../../../src/modules/subscription/domain/subscription';
import { SubscriptionRepository } from '../../../src/modules/subscription/subscription.repository';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { WalletMovements } from '../../../src/modules/wallet';
import { currentContext, runInContext } from '../../../src/platform/request-context';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct } from '../../support/fixtures/order-steps';
import { TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import { TestApp } from '../../support/test-app';
import { WriteUnitCounter } from '../../support/measure/write-units';

const MEASURED_SHARD = '7';
const ORDERS = 600;
const BATCH_SIZE = 30;
const MEASURED_REQUEST_ID = 'measured';

/** A user whose subscriptions are in the measured shard. */
function newUserIdInShard(): UserId {
  for (;;) {
    const userId = newUserId();
    if (subscriptionPartitionOf(subscriptionIdPrefixOf(userId)) === MEASURED_SHARD) return userId;
  }
}

/**
 * One shard with many subscriptions, as at a dairy with thousands. The fixed cost of the run is included. No worker runs:
 * the test does the measured work itself.
 */
describe('the generation cost of a daily order of three items', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start({ APP_ROLES: 'api' }, { clock: new FixedBusinessClock(TUESDAY_MORNING) });
    for (const productId of ['MILK', 'CURD', 'GHEE']) await aProduct(app, { productId, stock: 10_000 });
  });
  afterEach(() => app.stop());

  /** Many customers with a subscription and a sufficient balance, stored as the program would. */
  const subscriptions = async (paymentMethod: PaymentMethod) => {
    const [repository, wallets] = [
      app.get<SubscriptionRepository>(SubscriptionRepository),
      app.get<WalletMovements>(WalletMovements),
    ];
    const items = ['MILK', 'CURD', 'GHEE'].map((productId) => ({ productId, qty: 1 }));
    const terms = {
      items,
      frequency: 'DAILY',
      deliverySlot: '06:30',
      address: '12 Dairy Lane, Pune',
      paymentMethod,
    } as const;
    const days = { today: '2026-12-01', firstOpenDate: '2026-12-02' };
    for (let count = 0; count < ORDERS; count += BATCH_SIZE) {
      const writes = Array.from({ length: BATCH_SIZE }, () => {
        const userId = newUserIdInShard();
        const topUp = { type: 'TOP_UP', amount: 50_000, reason: 'Topped up by UPI', sourceId: userId } as const;
        const subscription = subscribe({ ...terms, userId, startDate: '2026-12-02' }, days, TUESDAY_MORNING);
        return [repository.create(subscription), ...wallets.postingOf(userId, [topUp]).writes];
      });
      await app.get<Transaction>(Transaction).commit(writes.flat());
    }
  };

  /** Runs a date; only the work of the measured shard and the end of the run is measured. */
  const runGeneration = async (date: string, begin?: () => Promise<unknown>) => {
    (app.clock as FixedBusinessClock).set(`${addDays(date, -1)}T15:32:00Z`);
    await app.get<RunCoordinator>(RunCoordinator).ensureProgress();
    const round = { date, round: 1 };
    const coordinator = app.get<RunCoordinator>(RunCoordinator);
    for (const shard of SUBSCRIPTION_PARTITIONS.filter((other) => other !== MEASURED_SHARD))
      await coordinator.runShard({ ...round, stage: 'COUNT', shard });
    await begin?.();
    await runInContext({ requestId: MEASURED_REQUEST_ID }, async () => {
      await coordinator.runShard({ ...round, stage: 'COUNT', shard: MEASURED_SHARD });
      await coordinator.runShard({ ...round, stage: 'PLACE', shard: MEASURED_SHARD });
    });
    expect(await app.stored('GenerationRuns', { calendar: 'daily', date })).toMatchObject({
      status: 'COMPLETED',
      counts: { ORDERED: ORDERS },
    });
  };

  it.each([
    ['WALLET', 12],
    ['COD', 8],
  ] as const)(
    'by %s is at most %i write units and 0.1 requests',
    async (paymentMethod, unitsAtMost) => {
      await subscriptions(paymentMethod);
      // The write counter reads too, so requests and write units are counted on different dates.
      const requests: string[] = [];
      app.get<DynamoDB>(DynamoDB).middlewareStack.add(
        (next, { commandName = '' }) =>
          (args) => {
            const context = currentContext();
            if (context?.requestId === MEASURED_REQUEST_ID && !context.background) requests.push(commandName);
            return next(args);
          },
        { step: 'initialize', name: MEASURED_REQUEST_ID },
      );
      await runGeneration('2026-12-02');
      app.get<DynamoDB>(DynamoDB).middlewareStack.remove(MEASURED_REQUEST_ID);
      expect(requests.length / ORDERS).toBeLessThanOrEqual(0.1);

      let counter: WriteUnitCounter | undefined;
      await runGeneration('2026-12-03', async () => (counter = await WriteUnitCounter.start(app)));
      expect((counter?.stop() ?? Infinity) / ORDERS).toBeLessThanOrEqual(unitsAtMost);
    },
    120_000,
  );
});
