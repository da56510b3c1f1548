import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { newEventId } from '../../../src/kernel/ids';
import { TestApp } from '../../support/test-app';
import { WriteUnitCounter } from '../../support/measure/write-units';
import { anEvent, sendTogether } from '../analytics/analytics-queue';

const EVENTS = 10;

/** Counts the DynamoDB calls and write units of the analytics worker. */
describe('the cost of analytics', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  /** The calls and write units of a batch of events, in which each event makes the fields of one. */
  const costOf = async (fieldsOf: (index: number) => object) => {
    const calls: string[] = [];
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next, { commandName = '' }) =>
        (args) => {
          if (/Transact|BatchGet/.test(commandName)) calls.push(commandName);
          return next(args);
        },
      { step: 'initialize', name: 'calls', priority: 'high' },
    );
    const units = await WriteUnitCounter.start(app, { everything: true });
    await sendTogether(
      app,
      Array.from({ length: EVENTS }, (_, index) => anEvent({ eventId: newEventId(), ...fieldsOf(index) })),
    );
    await app.settled();
    app.get<DynamoDB>(DynamoDB).middlewareStack.remove('calls');
    return {
      units: units.stop(),
      transactions: calls.filter((name) => name.startsWith('Transact')).length,
      notes: units.notes,
    };
  };

  it('is one write unit for an event without figures, and no transaction', async () => {
    const cost = await costOf(() => ({ eventType: 'ORDER_PACKED' }));
    expect(cost).toEqual({ units: EVENTS, transactions: 0, notes: expect.any(Array) });
  });

  it('is little more for ten wallet payments, because they share the rows of their day', async () => {
    const cost = await costOf(() => ({ eventType: 'PAYMENT_SUCCEEDED', method: 'WALLET' }));
    expect(cost).toEqual({ units: 2 * EVENTS + 2 * 2, transactions: 1, notes: expect.any(Array) });
  });

  it('is two write units more for the first order of a customer on a day', async () => {
    const items = [
      { productId: 'MILK', qty: 1 },
      { productId: 'CURD', qty: 2 },
    ];
    const order = (index: number) => ({ userId: `U${index}`, items });
    const first = await costOf(order);
    expect(first).toEqual({ units: 4 * EVENTS + 2 * 2, transactions: 1, notes: expect.any(Array) });
    expect((await costOf(order)).units).toBe(2 * EVENTS + 2 * 2);
  });
});
