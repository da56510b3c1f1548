import { addDays } from '../../../src/kernel/calendar';
import { DeliveryAssignment } from '../../../src/modules/delivery/delivery-assignment.service';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { interleave } from '../../support/faults/interleave';
import { aProduct, placePaidOrder, type TestUser } from '../../support/fixtures/order-steps';
import { aCourier } from '../../support/fixtures/orders';
import { TestApp } from '../../support/test-app';

const FIRST_DAY = '2026-12-01';
const TWO_WEEKS = 14;

describe('the usual courier of a customer', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let admin: TestUser;
  let customer: TestUser;
  let ravi: TestUser;
  let sita: TestUser;
  let day: number;
  beforeEach(async () => {
    clock = new FixedBusinessClock(`${FIRST_DAY}T04:30:00Z`);
    app = await TestApp.start({}, { clock });
    admin = app.as('ADMIN');
    customer = app.as('CUSTOMER');
    await aProduct(app, { productId: 'MILK', stock: 1_000 });
    ravi = await aCourier(app, 'Ravi');
    day = 0;
    await orderOfTheDay();
    sita = await aCourier(app, 'Sita');
    await aCourier(app, 'Tara');
    await app.settled();
  });
  afterEach(() => app.stop());

  const nextDay = () => clock.set(`${addDays(FIRST_DAY, ++day)}T04:30:00Z`);
  const orderOfTheDay = async () => {
    const { orderId } = await placePaidOrder(app, customer, 'MILK', { paymentMethod: 'COD' });
    await app.settled();
    return orderId;
  };
  const courierOf = async (orderId: string) =>
    ((await app.stored('Orders', { orderId }))?.delivery as { courierId?: string }).courierId;
  const courierOfTheDay = async () => courierOf(await orderOfTheDay());
  const change = async (courier: TestUser, body: object) => {
    await admin.patch(`/admin/users/${courier.userId}`, body as never).expect(200);
    await app.settled();
  };
  const assign = async (body: object) => {
    const { body: delivery } = await admin.post('/delivery/assign', body as never).expect(201);
    await app.settled();
    return (delivery as { courierId: string }).courierId;
  };

  it('comes back after an admin has assigned a substitute for two weeks', async () => {
    for (let count = 0; count < TWO_WEEKS; count++) {
      const orderId = await orderOfTheDay();
      expect(await courierOf(orderId)).toBe(ravi.userId);
      expect(await assign({ orderId, courierId: sita.userId })).toBe(sita.userId);
      nextDay();
    }
    expect(await courierOfTheDay()).toBe(ravi.userId);
  });

  it('comes back after being blocked for two weeks, during which one substitute delivers', async () => {
    await change(ravi, { blocked: true });
    const substitutes = new Set<string | undefined>();
    for (let count = 0; count < TWO_WEEKS; count++, nextDay()) substitutes.add(await courierOfTheDay());
    expect(substitutes.size).toBe(1);
    expect(substitutes).not.toContain(ravi.userId);

    await change(ravi, { blocked: false });
    expect(await courierOfTheDay()).toBe(ravi.userId);
    nextDay();
    expect(await courierOfTheDay()).toBe(ravi.userId);
  });

  it('is replaced for good once they are no longer a courier', async () => {
    await change(ravi, { blocked: true });
    const substitute = await courierOfTheDay();
    await change(ravi, { role: 'CUSTOMER', blocked: false });
    nextDay();
    expect(await courierOfTheDay()).toBe(substitute);
    await change(ravi, { role: 'COURIER' });
    nextDay();
    expect(await courierOfTheDay()).toBe(substitute);
  });

  it('changes when an admin says so, even if the delivery has that courier already', async () => {
    await assign({ orderId: await orderOfTheDay(), courierId: sita.userId, permanent: true });
    nextDay();
    const orderId = await orderOfTheDay();
    expect(await courierOf(orderId)).toBe(sita.userId);

    await assign({ orderId, courierId: ravi.userId });
    expect(await assign({ orderId, courierId: ravi.userId, permanent: true })).toBe(ravi.userId);
    nextDay();
    expect(await courierOfTheDay()).toBe(ravi.userId);
  });

  it('changes for several customers at once', async () => {
    const orderIds = [await orderOfTheDay()];
    await admin.post('/delivery/assign', { orderIds, courierId: sita.userId, permanent: true }).expect(200);
    expect(await courierOfTheDay()).toBe(sita.userId);
  });

  it('is not an admin’s choice for the first delivery of a new customer', async () => {
    const stored = () => app.stored('DeliveryRounds', { userId: customer.userId });
    customer = app.as('CUSTOMER');
    await change(sita, { blocked: true });
    await change(ravi, { blocked: true });
    const tara = await courierOfTheDay();
    expect(await stored()).toEqual({ userId: customer.userId, courierId: tara });
    await change(sita, { blocked: false });
    await assign({ orderId: await orderOfTheDay(), courierId: sita.userId });
    expect(await stored()).toEqual({ userId: customer.userId, courierId: tara });
  });

  it('is the same for two first orders that are confirmed at the same time', async () => {
    customer = app.as('CUSTOMER');
    let second: string | undefined;
    interleave(
      app,
      ({ Put: put }) => put?.Item.deliveryId !== undefined,
      async () => {
        const { orderId } = await placePaidOrder(app, customer, 'MILK', { paymentMethod: 'COD' });
        second = orderId;
        await app.get<DeliveryAssignment>(DeliveryAssignment).assignAutomatically({ orderId, userId: customer.userId });
      },
    );
    const first = await orderOfTheDay();
    expect(await courierOf(first)).toBe(await courierOf(second ?? ''));
  });

  it('of earlier versions is the courier they stored last', async () => {
    await app.store('DeliveryRounds', { userId: customer.userId, courierId: sita.userId });
    expect(await courierOfTheDay()).toBe(sita.userId);
  });
});
