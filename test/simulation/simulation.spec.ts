import { orderTable } from '../../src/modules/order/order.schema';
import { productTable } from '../../src/modules/product/product.schema';
import { Database } from '../../src/platform/dynamo/database';
import { type Item, put, remove, update } from '../../src/platform/dynamo/write';
import { type DayResult, Simulation, type SimulationOptions } from './simulation';

jest.setTimeout(300_000);

/** The part of a result that depends on the seed only. */
type DeterministicDay = Omit<DayResult, 'seconds' | 'kills' | 'faults'>;

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

  describe('of eight customers', () => {
    const options: SimulationOptions = { customers: 8, days: 2, seed: 3 };
    let simulation: Simulation;
    let days: DeterministicDay[];
    beforeAll(async () => ({ simulation, days } = await simulate(options)));

    const date = () => days.at(-1)?.date ?? '';
    const database = () => simulation.dairy.app.get<Database>(Database);

    it('gives the same results for the same seed', async () => {
      expect((await simulate(options)).days).toEqual(days);
      expect(days.map(({ violations }) => violations)).toEqual([[], []]);
    });

    it('reports a lost order', async () => {
      const dateSuffix = date().replaceAll('-', '');
      const orders = await simulation.dairy.app.allStored<{ orderId: string }>('Orders');
      const order = orders.find(({ orderId }) => orderId.endsWith(dateSuffix)) as Item & { orderId: string };
      const table = database().tableName(orderTable);
      await database().write(remove(table, { orderId: order.orderId }));
      const violations = await simulation.violationsOf(date());
      await database().write(put(table, order));
      expect(violations).toContainEqual(expect.stringMatching(`^order of .*${order.orderId}.* is only in the model`));
      expect(await simulation.violationsOf(date())).toEqual([]);
    });

    it('reports missing stock', async () => {
      const table = database().tableName(productTable);
      await database().write(update(table, { productId: 'MILK' }, { add: { stock: -1 } }));
      const violations = await simulation.violationsOf(date());
      expect(violations.filter((violation) => violation.startsWith('MILK: '))).toHaveLength(2);
    });
  });
});
