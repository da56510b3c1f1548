import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { orderNumberOf } from '../../../src/kernel/ids';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { interleave, type TransactAction } from '../../support/faults/interleave';
import { inHours } from '../../support/fixtures/order-steps';
import type { OrderFixture } from '../../support/fixtures/orders';
import { startDairy } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { aCustomer, changesIn, type Manifest, ManifestOfCourier, ordersOn } from './manifest-of-courier';

const PHONE = '+919812345678';

/** Runs an action once, right after the next request has read its orders. */
function afterReadOfOrders(app: TestApp, action: () => Promise<void>): void {
  const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
  const name = 'after the read of orders';
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { RequestItems: read = {} } = args.input as { RequestItems?: object };
      const isOfOrders = `${app.config.tablePrefix}Orders` in read;
      if (isOfOrders && middlewareStack.remove(name)) await action();
      return result;
    },
    { step: 'initialize', name },
  );
}

describe('the number of a manifest', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let ravi: ManifestOfCourier;
  beforeAll(async () => {
    ({ app, clock } = await startDairy());
  });
  beforeEach(async () => {
    ravi = await ManifestOfCourier.of(app);
  });
  afterAll(() => app.stop());

  it('exists on the date itself, even if no orders were generated', async () => {
    await ravi.order();
    expect(await ravi.get()).toMatchObject({ draft: false, number: 1, amendments: [] });
  });

  it('stays the same, with its time, while nothing but the progress of deliveries changes', async () => {
    const order = await ravi.order({ status: 'PACKED', paymentMethod: 'COD' });
    const first = await ravi.get();
    clock.set(inHours(app, 0.1));
    for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) {
      await ravi.report(order, status);
      const manifest = await ravi.get();
      expect({ ...manifest, stops: [] }).toEqual({ ...first, stops: [] });
      expect(manifest.stops[0]?.orders[0]).toMatchObject({ status, toCollect: 30 });
    }
  });

  it('increases when orders are cancelled, added or changed, and the manifest says what changed', async () => {
    const customer = await aCustomer(app, 'Asha');
    const order = (assignment?: object) => ravi.order({ customer }, assignment);
    const [cancelled, moved, kept] = [await order(), await order(), await order()];
    expect((await ravi.get()).number).toBe(1);
    await ravi.cancel(cancelled);
    await ravi.assign(moved, { address: '1 New Street' });
    const added = await order();
    const second = await ravi.get();
    expect(second).toMatchObject({ number: 2, amendments: [{ number: 2, issuedAt: clock.now(), omitted: 0 }] });
    const change = ({ orderId }: OrderFixture) => ({
      ...{ orderId, orderNumber: orderNumberOf(orderId) },
      customerName: 'Asha',
    });
    expect(changesIn(second)).toHaveLength(3);
    expect(changesIn(second)).toEqual(
      expect.arrayContaining([
        { type: 'REMOVED', ...change(cancelled), reason: 'CANCELLED' },
        { type: 'CHANGED', ...change(moved), sequence: 1, fields: ['address'] },
        { type: 'ADDED', ...change(added), sequence: 2 },
      ]),
    );
    expect(await ravi.get()).toEqual(second);

    await ravi.assign(kept, { deliverySlot: inHours(app, 48) });
    const third = await ravi.get();
    expect(third.number).toBe(3);
    expect(third.amendments.map(({ number }) => number)).toEqual([3, 2]);
    expect(changesIn(third)).toEqual([{ type: 'REMOVED', ...change(kept), reason: 'RESCHEDULED' }]);
  });

  it('increases when a customer has another phone, and no personal data is stored with it', async () => {
    const customer = await aCustomer(app, 'Asha', { phone: '+919812345679' });
    await ravi.order({ customer });
    await ravi.get();
    await customer.patch('/user/profile', { phone: PHONE }).expect(200);
    expect(changesIn(await ravi.get())).toMatchObject([{ type: 'CHANGED', fields: ['customer'] }]);
    expect(JSON.stringify(await app.allStored('Manifests'))).not.toMatch(/Asha|98123|Dairy Lane/);
  });

  it('increases for both couriers when an order goes from one to the other', async () => {
    const sita = await ManifestOfCourier.of(app, 'Sita');
    const order = await ravi.order();
    await sita.order();
    await Promise.all([ravi.get(), sita.get()]);
    await sita.assign(order);
    const { orderId } = order;
    expect(changesIn(await ravi.get())).toMatchObject([{ type: 'REMOVED', orderId, reason: 'REASSIGNED' }]);
    expect(await ravi.get()).toMatchObject({ number: 2, stops: [], totals: { orders: 0, load: [] } });
    expect(changesIn(await sita.get())).toMatchObject([{ type: 'ADDED', orderId }]);
  });

  describe('of a manifest that is requested twice at the same time', () => {
    const isNumbering = ({ Put: put }: TransactAction) => put?.Item.plan !== undefined;
    const contentOf = (manifest: Manifest) => JSON.stringify([ordersOn(manifest).sort(), manifest.totals]);

    it('is the same in all responses', async () => {
      await ravi.order();
      const all = await Promise.all(Array.from({ length: 5 }, () => ravi.get()));
      expect(all.map(({ number }) => number)).toEqual([1, 1, 1, 1, 1]);
    });

    it('is never given to two contents when an order is cancelled in between', async () => {
      const order = await ravi.order();
      await ravi.order();
      let other: Manifest | undefined;
      interleave(app, isNumbering, async () => {
        await ravi.cancel(order);
        other = await ravi.get();
      });
      const manifest = await ravi.get();
      expect(other).toMatchObject({ number: 1, totals: { orders: 1 } });
      expect(manifest).toEqual(other);
    });

    it('is never given to contents that are older than those of the number before', async () => {
      const [first, second] = [await ravi.order(), await ravi.order()];
      await ravi.order();
      await ravi.get();
      await ravi.cancel(first);
      // Subscribers read orders too.
      await app.settled();
      let other: Manifest | undefined;
      afterReadOfOrders(app, async () => {
        await ravi.cancel(second);
        other = await ravi.get();
      });
      const manifest = await ravi.get();
      expect(other).toMatchObject({ number: 2, totals: { orders: 1 } });
      expect(manifest).toEqual(other);
    });

    it('is never given to two contents, whatever changes meanwhile', async () => {
      const orders: OrderFixture[] = [];
      for (let count = 0; count < 8; count++) orders.push(await ravi.order());
      const contents = new Map<number, Set<string>>();
      const read = async () => {
        const manifest = await ravi.get();
        const { number = 0 } = manifest;
        contents.set(number, (contents.get(number) ?? new Set()).add(contentOf(manifest)));
      };
      await Promise.all(orders.flatMap((order) => [read(), ravi.cancel(order), read(), read()]));
      await read();
      expect([...contents.values()].map(({ size }) => size)).toEqual([...contents.keys()].map(() => 1));
      expect(contents.size).toBeGreaterThan(1);
    });
  });
});
