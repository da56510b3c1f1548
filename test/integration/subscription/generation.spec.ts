import type { TestApp } from '../../support/app';
import type { FixedClock } from '../../support/fixed-clock';
import type { Heard } from '../../support/heard';
import { aDairy, subscribed } from './subscribed';
import { EVENING, itBecomes, orderOn, report, stockOf, WEDNESDAY } from './evening';

describe('an evening', () => {
  let app: TestApp;
  let clock: FixedClock;
  let heard: Heard;
  beforeEach(async () => {
    ({ app, clock, heard } = await aDairy());
  });
  afterEach(() => app.stop());

  it('orders what is to come on the next day, to be paid at the door', async () => {
    const asha = app.as('CUSTOMER');
    const subscription = await subscribed(asha, { items: [{ productId: 'MILK', qty: 2 }, { productId: 'CURD', qty: 1 }] });
    await itBecomes(app, clock, EVENING);
    const order = await orderOn(asha, subscription);
    console.log(JSON.stringify(order), JSON.stringify(await report(app)), heard.of(order?.orderId as string));
    expect(order).toMatchObject({ status: 'CONFIRMED', amount: 80 });
    expect(await stockOf(app, 'MILK')).toBe(98);
    expect(WEDNESDAY).toBe('2026-12-02');
  });
});
