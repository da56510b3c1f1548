import { Database } from '../../../src/platform/dynamo/database';
import { update } from '../../../src/platform/dynamo/write';
import { EventRecorder } from '../../support/measure/event-recorder';
import { interleave } from '../../support/faults/interleave';
import { inHours, type TestUser } from '../../support/fixtures/order-steps';
import { aCourier, anOrder, type OrderFixture } from '../../support/fixtures/orders';
import { roundTripsOf } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { expectInSync } from './status-sync';

interface Result {
  readonly clientEventId?: string;
  readonly deliveryId?: string;
  readonly result: string;
  readonly status?: string;
  readonly code?: string;
}

/** As many as `aProduct` puts on sale. */
const STOCK = 100;

const courierWrite = (app: TestApp, deliveryId: string, courierId: string) =>
  update(`${app.config.tablePrefix}Deliveries`, { deliveryId }, { set: { courierId } });

describe('the reports of an offline round', () => {
  let app: TestApp;
  let courier: TestUser;
  let admin: TestUser;
  let number = 0;
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [EventRecorder] });
    admin = app.as('ADMIN');
    courier = await aCourier(app);
  });
  afterAll(() => app.stop());

  const minutesAgo = (minutes: number) => inHours(app, -minutes / 60);
  const report = (deliveryId: string, status: string, minutes: number, rest: object = {}) => ({
    ...{ clientEventId: `E${++number}`, at: minutesAgo(minutes), deliveryId, status },
    ...rest,
  });
  /** The reports of a whole delivery, in order. */
  const wholeDelivery = (deliveryId: string) => [
    report(deliveryId, 'PICKED_UP', 30),
    report(deliveryId, 'IN_TRANSIT', 20),
    report(deliveryId, 'DELIVERED', 10, { note: 'At the door' }),
  ];
  const send = async (reports: unknown[], person = courier) => {
    const { body } = await person.post('/delivery/updates', reports).expect(200);
    return body as Result[];
  };
  const resultsOf = async (reports: unknown[], person = courier) =>
    (await send(reports, person)).map(({ result, code }) => code ?? result);
  const packedOrders = (count: number) =>
    Promise.all(Array.from({ length: count }, () => anOrder(app, { status: 'PACKED' })));
  const storedDelivery = async ({ orderId }: Pick<OrderFixture, 'orderId'>) =>
    (await expectInSync(app, orderId)).delivery;
  const updatesOf = async (orderId: string) => {
    await app.settled();
    const events = app.get<EventRecorder>(EventRecorder).eventsOf(orderId);
    return events.filter(({ type }) => type === 'delivery.updated');
  };

  it('are applied in the order of their instants, whatever their order in the list', async () => {
    const [first, second] = (await packedOrders(2)) as [OrderFixture, OrderFixture];
    const [picked, moved, delivered] = wholeDelivery(first.deliveryId);
    const failed = report(second.deliveryId, 'FAILED', 5, { reason: 'REFUSED' });
    const atOnce = report(second.deliveryId, 'PICKED_UP', 5);
    const list = [delivered, failed, moved, atOnce, picked];
    expect(await send(list)).toEqual(
      list.map((sent, index) => ({
        ...{ clientEventId: sent?.clientEventId, deliveryId: sent?.deliveryId, result: 'APPLIED' },
        status: ['DELIVERED', 'FAILED', 'IN_TRANSIT', 'PICKED_UP', 'PICKED_UP'][index],
      })),
    );
    const { body } = await admin.get(`/delivery/${first.deliveryId}`).expect(200);
    expect(body).toMatchObject({ status: 'DELIVERED', version: 4 });
    expect((body.history as object[]).slice(1)).toEqual(
      [picked, moved, delivered].map((sent) => ({
        status: sent?.status,
        at: `${String(sent?.at).slice(0, 19)}Z`,
        receivedAt: expect.any(String),
        by: courier.userId,
        ...(sent === delivered && { note: 'At the door' }),
      })),
    );
    const times = body.history as { at: string; receivedAt: string }[];
    expect(times.slice(1).every(({ at, receivedAt }) => at < receivedAt)).toBe(true);
    expect(await storedDelivery(second)).toMatchObject({ status: 'FAILED', version: 3 });
    expect((await updatesOf(first.orderId)).map((event) => 'happenedAt' in event && event.happenedAt)).toEqual(
      times.slice(1).map(({ at }) => at),
    );
  });

  it('are applied once, even if they arrive again after the delivery has moved on', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    const [picked, moved, delivered] = wholeDelivery(order.deliveryId);
    expect(await resultsOf([picked])).toEqual(['APPLIED']);
    expect(await resultsOf([moved, picked, delivered])).toEqual(['APPLIED', 'ALREADY_APPLIED', 'APPLIED']);
    const stored = await storedDelivery(order);
    expect(await send([picked, moved, delivered])).toMatchObject(
      [picked, moved, delivered].map(() => ({ result: 'ALREADY_APPLIED', status: 'DELIVERED' })),
    );
    expect(await storedDelivery(order)).toEqual(stored);
    expect(await updatesOf(order.orderId)).toHaveLength(3);
  });

  it('are applied once if the same list arrives several times together', async () => {
    const orders = await packedOrders(3);
    const list = orders.flatMap(({ deliveryId }) => wholeDelivery(deliveryId));
    const responses = await Promise.all(Array.from({ length: 4 }, () => resultsOf(list)));
    for (const index of list.keys()) {
      const results = responses.map((results) => results[index]).sort();
      expect(results).toEqual(['ALREADY_APPLIED', 'ALREADY_APPLIED', 'ALREADY_APPLIED', 'APPLIED']);
    }
    for (const order of orders) {
      expect(await storedDelivery(order)).toMatchObject({ status: 'DELIVERED', version: 4 });
      expect(await updatesOf(order.orderId)).toHaveLength(3);
    }
  });

  it('are refused while a step before them is missing, and accepted with it', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    const [picked, moved, delivered] = wholeDelivery(order.deliveryId);
    expect(await resultsOf([delivered])).toEqual(['delivery.illegal_transition']);
    expect(await resultsOf([delivered, picked])).toEqual(['delivery.illegal_transition', 'APPLIED']);
    expect(await resultsOf([delivered, moved])).toEqual(['APPLIED', 'APPLIED']);
    expect(await storedDelivery(order)).toMatchObject({ status: 'DELIVERED', version: 4 });
  });

  it('are UNCHANGED if another report said the same', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    await admin.patch('/delivery/update', { deliveryId: order.deliveryId, status: 'PICKED_UP' }).expect(200);
    const sent = report(order.deliveryId, 'PICKED_UP', 1);
    expect(await send([sent])).toEqual([
      {
        ...{ clientEventId: sent.clientEventId, deliveryId: order.deliveryId },
        result: 'UNCHANGED',
        status: 'PICKED_UP',
      },
    ]);
    expect(await storedDelivery(order)).toMatchObject({ version: 2 });
  });

  it('do not stop each other when one is refused', async () => {
    const [theirs, good] = (await packedOrders(2)) as [OrderFixture, OrderFixture];
    const unpacked = await anOrder(app);
    const own = await anOrder(app, { status: 'DISPATCHED', customer: courier });
    await admin.post('/delivery/assign', { orderId: own.orderId, courierId: courier.userId }).expect(201);
    // No list of couriers has this one, so that later orders are not assigned to them.
    const { userId: courierId } = app.as('COURIER');
    await admin.post('/delivery/assign', { orderId: theirs.orderId, courierId }).expect(201);
    const untouched = await Promise.all([theirs, unpacked, own].map(storedDelivery));
    const cases: [object, string][] = [
      [report(theirs.deliveryId, 'PICKED_UP', 1), 'delivery.not_found'],
      [report('D-UNKNOWN', 'PICKED_UP', 1), 'delivery.not_found'],
      [report(unpacked.deliveryId, 'PICKED_UP', 1), 'delivery.order_not_packed'],
      [report(own.deliveryId, 'FAILED', 1, { reason: 'DAMAGED' }), 'delivery.own_order'],
      [report(good.deliveryId, 'FAILED', 1), 'request.invalid'],
      [report(good.deliveryId, 'PICKED_UP', -6), 'delivery.report_from_future'],
      [report(good.deliveryId, 'PICKED_UP', 7 * 24 * 60 + 1), 'delivery.report_too_old'],
      [report(good.deliveryId, 'PICKED_UP', -4), 'APPLIED'],
    ];
    expect(await resultsOf(cases.map(([sent]) => sent))).toEqual(cases.map(([, expected]) => expected));
    expect(await Promise.all([theirs, unpacked, own].map(storedDelivery))).toEqual(untouched);
    expect(await storedDelivery(good)).toMatchObject({ status: 'PICKED_UP', version: 2 });
  });

  it('are refused together if the phone sends those of another courier', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    const reports = [report(order.deliveryId, 'PICKED_UP', 1)];
    const { userId } = app.as('COURIER');
    const { body } = await courier.post(`/delivery/updates?userId=${userId}`, reports).expect(403);
    expect(body.code).toBe('auth.not_owner');
    expect(await storedDelivery(order)).toMatchObject({ status: 'ASSIGNED' });
    const own = await courier.post(`/delivery/updates?userId=${courier.userId}`, reports).expect(200);
    expect(own.body).toMatchObject([{ result: 'APPLIED' }]);
  });

  it('may be malformed one by one', async () => {
    const [{ deliveryId }] = (await packedOrders(1)) as [OrderFixture];
    const good = report(deliveryId, 'PICKED_UP', 1, { reason: null, note: null });
    const { at: _, ...withoutInstant } = report(deliveryId, 'PICKED_UP', 1);
    const malformed = [null, 7, 'text', [], {}, { ...good, status: 'EATEN' }, { ...good, unknown: 1 }, withoutInstant];
    const results = await send([...malformed, good]);
    expect(results.map(({ code, result }) => code ?? result)).toEqual([
      ...malformed.map(() => 'request.invalid'),
      'APPLIED',
    ]);
    expect(results[5]).toMatchObject({ clientEventId: good.clientEventId, deliveryId, result: 'REFUSED' });
    expect(results[7]).toMatchObject({
      clientEventId: withoutInstant.clientEventId,
      detail: expect.stringMatching(/^at /),
    });
  });

  it.each([
    ['an object', {}],
    ['an empty list', []],
    ['201 reports', Array<object>(201).fill({})],
  ])('are refused together as %s', async (_, body) => {
    const problem = await courier.post('/delivery/updates', body as unknown[]).expect(400);
    expect(problem.body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'body' }] });
  });

  it('do not get lost when two of them have the same id', async () => {
    const [one, two] = (await packedOrders(2)) as [OrderFixture, OrderFixture];
    const same = { clientEventId: 'E-SAME' };
    expect(
      await resultsOf([
        report(one.deliveryId, 'PICKED_UP', 3, same),
        report(one.deliveryId, 'IN_TRANSIT', 2, same),
        report(two.deliveryId, 'PICKED_UP', 1, same),
      ]),
    ).toEqual(['APPLIED', 'delivery.client_event_reused', 'APPLIED']);
  });

  it('do not overtake one that could not be stored', async () => {
    const [lost, good] = (await packedOrders(2)) as [OrderFixture, OrderFixture];
    const failure = report(lost.deliveryId, 'FAILED', 1, { reason: 'SPOILED' });
    const list = [report(lost.deliveryId, 'PICKED_UP', 2), failure, report(good.deliveryId, 'PICKED_UP', 1)];
    const outage = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    interleave(
      app,
      ({ Update }) => Update?.Key.deliveryId === lost.deliveryId,
      () => Promise.reject(outage),
    );
    expect(await send(list)).toMatchObject([
      { result: 'UNAVAILABLE', code: 'service.unavailable' },
      { result: 'UNAVAILABLE', code: 'service.unavailable' },
      { result: 'APPLIED' },
    ]);
    // Applied on its own, the failure would have returned goods to stock that were on the road.
    expect(await storedDelivery(lost)).toMatchObject({ status: 'ASSIGNED', version: 1 });
    expect(await resultsOf(list)).toEqual(['APPLIED', 'APPLIED', 'ALREADY_APPLIED']);
    expect(await app.stored('Products', { productId: lost.productId })).toMatchObject({ stock: 99 });
  });

  it('of a failure are refused if the pickup was, because the goods may have left', async () => {
    const order = await anOrder(app);
    const reports = [
      report(order.deliveryId, 'PICKED_UP', 30),
      report(order.deliveryId, 'FAILED', 10, { reason: 'DAMAGED' }),
    ];
    expect(await resultsOf(reports)).toEqual(['delivery.order_not_packed', 'delivery.earlier_report_refused']);
    expect(await storedDelivery(order)).toMatchObject({ status: 'ASSIGNED' });
  });

  it('of a failure are refused if the pickup was malformed', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    const reports = [
      report(order.deliveryId, 'PICKED_UP', 30, { note: 7 }),
      report(order.deliveryId, 'FAILED', 10, { reason: 'DAMAGED' }),
    ];
    expect(await resultsOf(reports)).toEqual(['request.invalid', 'delivery.earlier_report_refused']);
    expect(await storedDelivery(order)).toMatchObject({ status: 'ASSIGNED' });
  });

  it('are in the order of their steps if the clock of the phone was set back', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    const reports = [
      report(order.deliveryId, 'PICKED_UP', 5),
      report(order.deliveryId, 'FAILED', 10, { reason: 'DAMAGED' }),
    ];
    expect(await resultsOf(reports)).toEqual(['APPLIED', 'APPLIED']);
    const { stock } = (await app.stored('Products', { productId: order.productId })) ?? {};
    expect(stock).toBe(STOCK - 1);
  });

  it('can be sent again after the delivery went on, or to another courier', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    await admin.patch('/delivery/update', { deliveryId: order.deliveryId, status: 'PICKED_UP' }).expect(200);
    const reports = [report(order.deliveryId, 'PICKED_UP', 20), report(order.deliveryId, 'IN_TRANSIT', 10)];
    const first = app.as('COURIER');
    await app.get<Database>(Database).write(courierWrite(app, order.deliveryId, first.userId));
    expect(await resultsOf(reports, first)).toEqual(['UNCHANGED', 'APPLIED']);
    expect(await resultsOf(reports, first)).toEqual(['UNCHANGED', 'ALREADY_APPLIED']);
    await app.get<Database>(Database).write(courierWrite(app, order.deliveryId, courier.userId));
    expect(await resultsOf(reports, first)).toEqual(['delivery.not_found', 'ALREADY_APPLIED']);
  });

  it('have one response per Idempotency-Key', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    const list = [null, ...wholeDelivery(order.deliveryId)];
    const keyed = (reports: unknown[]) => courier.post('/delivery/updates', reports).set('Idempotency-Key', 'round');
    const first = await keyed(list).expect(200);
    const again = await keyed(list).expect(200);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
    expect((first.body as Result[]).map(({ result }) => result)).toEqual(['REFUSED', 'APPLIED', 'APPLIED', 'APPLIED']);
    expect((await keyed(wholeDelivery(order.deliveryId)).expect(422)).body.code).toBe('idempotency.key_reused');
    expect(await storedDelivery(order)).toMatchObject({ version: 4 });
  });

  it('are for couriers and admins', async () => {
    const [{ deliveryId, customer }] = (await packedOrders(1)) as [OrderFixture];
    const list = [report(deliveryId, 'PICKED_UP', 1)];
    await customer.post('/delivery/updates', list).expect(403);
    await app.http.post('/delivery/updates', list).expect(401);
    expect(await resultsOf(list, admin)).toEqual(['APPLIED']);
  });

  it('cost one read of all deliveries and a transaction for each, plus the account', async () => {
    const orders = await packedOrders(3);
    const list = orders.flatMap(({ deliveryId }) => wholeDelivery(deliveryId));
    const post = () => courier.post('/delivery/updates', [...list, report('D-UNKNOWN', 'PICKED_UP', 1)]).expect(200);
    expect((await roundTripsOf(app, post)).sort()).toEqual([
      ...['BatchGetItemCommand', 'BatchGetItemCommand'],
      ...Array<string>(9).fill('TransactWriteItemsCommand'),
    ]);
    // Nothing is written the second time.
    expect(await roundTripsOf(app, post)).toEqual(['BatchGetItemCommand', 'BatchGetItemCommand']);
  });

  it('of one delivery can also be sent one by one', async () => {
    const [order] = (await packedOrders(1)) as [OrderFixture];
    const [picked, moved] = wholeDelivery(order.deliveryId);
    for (const sent of [picked, moved]) await courier.patch('/delivery/update', sent as object as never).expect(200);
    const { body, headers } = await courier
      .patch('/delivery/update', picked as object as never)
      .set('If-Match', '"1"')
      .expect(200);
    expect([body.status, body.version, headers.etag]).toEqual(['IN_TRANSIT', 3, '"3"']);
    const late = report(order.deliveryId, 'DELIVERED', 7 * 24 * 60 + 1);
    expect((await courier.patch('/delivery/update', late).expect(400)).body).toMatchObject({
      code: 'delivery.report_too_old',
      errors: [{ field: 'at' }],
    });
    const { code } = (await courier.patch('/delivery/update', { ...picked, status: 'DELIVERED' }).expect(409)).body;
    expect(code).toBe('delivery.client_event_reused');
    expect(await storedDelivery(order)).toMatchObject({ status: 'IN_TRANSIT', version: 3 });
  });
});
