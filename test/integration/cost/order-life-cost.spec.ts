import { MEASURED } from '../../../infra/aws/cost/measured';
import { measureOrderLife, type OrderKind } from '../../support/measure/order-life';

const ORDERS = 16;
/** Batches of messages differ from run to run. */
const TOLERANCE = 1.05;
/** The fixed cost of a run is large for few orders. */
const OF_THE_RUN = /^Generation/;

/** Compares with the measurements in the table of costs. If an order costs less now, `npm run cost:measure` lowers them. */
describe('the cost of an order, from its order to its delivery', () => {
  it.each<OrderKind>(['daily', 'cart'])(
    'is at most what the table of costs says: %s',
    async (kind) => {
      const life = await measureOrderLife(kind, ORDERS);
      const stated = MEASURED.orderLife[kind];
      const unitsOf = (units: Readonly<Record<string, number>>) =>
        Object.entries(units).reduce((sum, [table, one]) => (OF_THE_RUN.test(table) ? sum : sum + one), 0);
      expect({ life }).toEqual({
        life: expect.objectContaining({ mails: stated.mails, sms: stated.sms }),
      });
      expect(unitsOf(life.writeUnits)).toBeLessThanOrEqual(TOLERANCE * unitsOf(stated.writeUnits));
    },
    180_000,
  );
});
