import { analyticsEventTable } from '../../src/modules/analytics/analytics.schema';
import { subscriptionOrderIdOf } from '../../src/modules/order/domain/ids';
import { orderTable } from '../../src/modules/order/order.schema';
import { productTable } from '../../src/modules/product/product.schema';
import { Database } from '../../src/platform/dynamo/database';
import { type Item, put, remove, update, type Write } from '../../src/platform/dynamo/write';
import { type DayResult, Simulation, type SimulationOptions } from './simulation';

jest.setTimeout(300_000);

/** The part of a result that depends on the seed only. */
type DeterministicDay = Omit<DayResult, 'seconds' | 'kills' | 'faults'>;

interface StoredOrder extends Item {
  readonly orderId: string;
  readonly addedAmount?: number;
}

interface StoredOutcome extends Item {
  readonly date: string;
  readonly userId: string;
  readonly subscriptionId: string;
  readonly outcome: string;
}

interface StoredEvent extends Item {
  readonly dateShard: string;
  readonly eventId: string;
  readonly event: { readonly eventType: string; readonly orderId?: string };
}

describe('the simulation', () => {
  const simulations: Simulation[] = [];
  afterAll(() => Promise.all(simulations.map((simulation) => simulation.stop())));

  async function simulate(
    options: SimulationOptions,
  ): Promise<{ simulation: Simulation; days: DeterministicDay[]; kills: number; faults: number }> {
    const simulation = await Simulation.start(options);
    simulations.push(simulation);
    const result = { simulation, days: [] as DeterministicDay[], kills: 0, faults: 0 };
    for await (const { seconds: _, kills, faults, ...day } of simulation.days()) {
      Object.assign(result, { kills, faults });
      result.days.push(day);
      if (day.violations.length > 0) break;
    }
    return result;
  }

  it('keeps all invariants while workers are killed and AWS faults are injected', async () => {
    const { days, kills, faults } = await simulate({ customers: 20, days: 2, seed: 7, crash: true, faults: true });
    expect(days.flatMap(({ violations }) => violations)).toEqual([]);
    expect(days).toHaveLength(2);
    expect(kills).toBeGreaterThan(0);
    expect(faults).toBeGreaterThan(0);
    expect(days.at(-1)?.counts.ORDERED).toBeGreaterThan(0);
  });

  /** With this seed, one of them is blocked, one has moved, and one gets a product that was out of stock. */
  describe('of eight customers', () => {
    const options: SimulationOptions = { customers: 8, days: 2, seed: 249 };
    let simulation: Simulation;
    let days: DeterministicDay[];
    beforeAll(async () => ({ simulation, days } = await simulate(options)));

    const date = () => days.at(-1)?.date ?? '';
    const database = () => simulation.dairy.app.get<Database>(Database);
    const orders = () => database().tableName(orderTable);
    const events = () => database().tableName(analyticsEventTable);

    async function anOrder(isWanted: (order: StoredOrder) => boolean = () => true): Promise<StoredOrder> {
      const dateSuffix = date().replaceAll('-', '');
      const stored = await simulation.dairy.app.allStored<StoredOrder>('Orders');
      const order = stored.find((one) => one.orderId.endsWith(dateSuffix) && isWanted(one));
      if (!order) throw new Error('The simulation has no such order. Use another seed.');
      return order;
    }

    /** The violations while a fault is planted. */
    async function violationsWith(fault: Write, repair: Write): Promise<string[]> {
      await database().write(fault);
      const violations = await simulation.violationsOf(date());
      await database().write(repair);
      return violations;
    }

    it('gives the same results for the same seed', async () => {
      expect((await simulate(options)).days).toEqual(days);
      expect(days.map(({ violations }) => violations)).toEqual([[], []]);
    });

    it('reports a lost order', async () => {
      const order = await anOrder();
      const violations = await violationsWith(remove(orders(), { orderId: order.orderId }), put(orders(), order));
      expect(violations).toContainEqual(expect.stringMatching(`^order of .*${order.orderId}.* is only in the model`));
      expect(await simulation.violationsOf(date())).toEqual([]);
    });

    it('reports an order that did not follow its customer to the new address', async () => {
      const order = await anOrder(({ address }) => /home [23]$/.test(String(address)));
      const wrongAddress = String(order.address).replace(/.$/, '1');
      const violations = await violationsWith(put(orders(), { ...order, address: wrongAddress }), put(orders(), order));
      expect(violations).toContainEqual(expect.stringMatching(`^order of .*${wrongAddress}.* is not in the model`));
    });

    it('reports an order of a blocked customer', async () => {
      const outcomes = await simulation.dairy.app.allStored<StoredOutcome>('Occurrences');
      const blocked = outcomes.find((one) => one.date === date() && one.outcome === 'BLOCKED');
      const { userId, subscriptionId = '' } = blocked ?? {};
      const orderId = subscriptionOrderIdOf(subscriptionId, date());
      const violations = await violationsWith(
        put(orders(), { ...(await anOrder()), orderId, userId, subscriptionId }),
        remove(orders(), { orderId }),
      );
      expect(violations).toContainEqual(
        expect.stringMatching(`^outcome of .*${subscriptionId}.*ORDERED.* is not in the model`),
      );
      expect(violations).toContainEqual(
        expect.stringMatching(`^outcome of .*${subscriptionId}.*BLOCKED.* is only in the model`),
      );
    });

    it('reports lines that were not added to an order, and an addition without an event', async () => {
      const order = await anOrder(({ addedAmount }) => addedAmount !== undefined);
      const items = (order.items as object[]).slice(0, -1);
      expect(await violationsWith(put(orders(), { ...order, items }), put(orders(), order))).toContainEqual(
        expect.stringMatching(`^order of .*${order.orderId}.* is only in the model`),
      );
      const logged = await simulation.dairy.app.allStored<StoredEvent>('AnalyticsEvents');
      const entry = logged.find(
        ({ event }) => event.orderId === order.orderId && event.eventType === 'ORDER_LINES_ADDED',
      ) as StoredEvent;
      const { dateShard, eventId } = entry;
      expect(await violationsWith(remove(events(), { dateShard, eventId }), put(events(), entry))).toContainEqual(
        expect.stringMatching(`^event: ${order.orderId} ORDER_LINES_ADDED .* is only in the model`),
      );
    });

    it('reports a payment that was logged twice', async () => {
      const { orderId } = await anOrder(({ addedAmount }) => addedAmount !== undefined);
      const logged = await simulation.dairy.app.allStored<StoredEvent>('AnalyticsEvents');
      const entry = logged.find(
        ({ event }) => event.orderId === orderId && event.eventType === 'PAYMENT_SUCCEEDED',
      ) as StoredEvent;
      const { dateShard } = entry;
      const eventId = `${entry.eventId}2`;
      expect(
        await violationsWith(put(events(), { ...entry, eventId }), remove(events(), { dateShard, eventId })),
      ).toContainEqual(expect.stringMatching(`^event: ${orderId} PAYMENT_SUCCEEDED .*\\(2\\) is not in the model`));
    });

    it('reports missing stock', async () => {
      const table = database().tableName(productTable);
      await database().write(update(table, { productId: 'MILK' }, { add: { stock: -1 } }));
      const violations = await simulation.violationsOf(date());
      expect(violations.filter((violation) => violation.startsWith('MILK: '))).toHaveLength(2);
    });
  });
});
