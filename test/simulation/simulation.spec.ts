import { orderTable } from '../../src/modules/order/order.schema';
import { productTable } from '../../src/modules/product/product.schema';
import { Database } from '../../src/platform/dynamo/database';
import { type Item, put, remove, update } from '../../src/platform/dynamo/write';
import { type DayResult, Simulation, type SimulationOptions } from './simulation';

jest.setTimeout(300_000);

/** What is left to chance by the seed alone. */
type DeterministicDay = Omit<DayResult, 'seconds' | 'kills' | 'troubles'>;

describe('days of a dairy', () => {
  const opened: Simulation[] = [];
  afterAll(() => Promise.all(opened.map((simulation) => simulation.close())));

  async function live(
    life: SimulationOptions,
  ): Promise<{ simulation: Simulation; days: DeterministicDay[]; kills: number; troubles: number }> {
    const simulation = await Simulation.open(life);
    opened.push(simulation);
    const lived = { simulation, days: [] as DeterministicDay[], kills: 0, troubles: 0 };
    for await (const { seconds: _, kills, troubles, ...day } of simulation.days()) {
      Object.assign(lived, { kills, troubles });
      lived.days.push(day);
      if (day.violations.length > 0) break;
    }
    return lived;
  }

  it('keep all laws, though workers die and AWS has bad days', async () => {
    const { days, kills, troubles } = await live({ customers: 20, days: 2, seed: 7, crash: true, faults: true });
    expect(days.flatMap(({ violations: broken }) => broken)).toEqual([]);
    expect(days).toHaveLength(2);
    expect(kills).toBeGreaterThan(0);
    expect(troubles).toBeGreaterThan(0);
    expect(days.at(-1)?.counts.ORDERED).toBeGreaterThan(0);
  });

  describe('of a few people', () => {
    const few: SimulationOptions = { customers: 8, days: 2, seed: 3 };
    let simulation: Simulation;
    let days: DeterministicDay[];
    beforeAll(async () => ({ simulation, days } = await live(few)));

    const date = () => days.at(-1)?.date ?? '';
    const database = () => simulation.app.get<Database>(Database);

    it('are lived alike a second time', async () => {
      expect((await live(few)).days).toEqual(days);
      expect(days.map(({ violations: broken }) => broken)).toEqual([[], []]);
    });

    it('complain of an order that is lost', async () => {
      const made = date().replaceAll('-', '');
      const orders = await simulation.app.allStored<{ orderId: string }>('Orders');
      const lost = orders.find(({ orderId }) => orderId.endsWith(made)) as Item & { orderId: string };
      const table = database().tableName(orderTable);
      await database().write(remove(table, { orderId: lost.orderId }));
      const complaints = await simulation.violationsOf(date());
      await database().write(put(table, lost));
      expect(complaints).toContainEqual(expect.stringMatching(`^order of .*${lost.orderId}.* is on paper only`));
      expect(await simulation.violationsOf(date())).toEqual([]);
    });

    it('complain of milk that has gone nobody knows where', async () => {
      const table = database().tableName(productTable);
      await database().write(update(table, { productId: 'MILK' }, { add: { stock: -1 } }));
      const complaints = await simulation.violationsOf(date());
      expect(complaints.filter((complaint) => complaint.startsWith('MILK: '))).toHaveLength(2);
    });
  });
});
