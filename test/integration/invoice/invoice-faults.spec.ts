import { shardOfUser } from '../../../src/modules/invoice/domain/invoice';
import { InvoiceDrafts } from '../../../src/modules/invoice/invoice-drafts.service';
import { InvoiceIssuer } from '../../../src/modules/invoice/invoice-issuer.service';
import { InvoiceService } from '../../../src/modules/invoice/invoice.service';
import { MonthlyInvoices } from '../../../src/modules/invoice/monthly-invoices.service';
import { ReconciliationService } from '../../../src/modules/reconciliation';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { interleave } from '../../support/faults/interleave';
import { anOrder, type OrderFixture } from '../../support/fixtures/orders';
import { TestApp } from '../../support/test-app';

type Item = Record<string, unknown>;

interface Document extends Item {
  readonly invoiceId: string;
  readonly number: string;
  readonly orders: readonly { readonly orderId: string }[];
}

const NOVEMBER = '2026-11-16T03:00:00Z';
const DECEMBER = '2026-12-01T01:30:00Z';
const JANUARY = '2027-01-01T01:30:00Z';

describe('invoices, when something goes wrong', () => {
  let app: TestApp;
  const clock = new FixedBusinessClock(NOVEMBER);
  beforeEach(async () => {
    clock.set(NOVEMBER);
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0' }, { clock });
  });
  afterEach(() => app.stop());

  const delivered = (customer = app.as('CUSTOMER')) => anOrder(app, { status: 'DELIVERED', customer });
  const rowOf = async ({ orderId }: OrderFixture) => (await app.stored('InvoicedOrders', { orderId })) ?? {};
  const changeRow = async (order: OrderFixture, changes: Item) =>
    app.store('InvoicedOrders', { ...(await rowOf(order)), ...changes });
  const runMonth = async (instant: string) => {
    clock.set(instant);
    await app.get<MonthlyInvoices>(MonthlyInvoices).ensureProgress();
    await app.settled();
  };
  const issueNext = ({ customer }: OrderFixture) =>
    app.get<MonthlyInvoices>(MonthlyInvoices).issueNext({ month: '2026-11', shard: shardOfUser(customer.userId) });
  const runOf = async (month: string) => (await app.stored('InvoiceRuns', { month })) ?? {};
  const violations = async () => (await app.get<ReconciliationService>(ReconciliationService).run()).violations;
  const documents = () => app.allStored<Document>('Invoices');
  const ordersByInvoice = async () =>
    Object.fromEntries(
      (await documents()).map(({ invoiceId, orders }) => [invoiceId, orders.map(({ orderId }) => orderId)]),
    );
  const monthInvoiceOf = ({ customer }: OrderFixture, month = '2026-11') => `I-${month}-${customer.userId}`;
  /** Another worker issues the invoice of November for an order. */
  const issueNovember = async (order: OrderFixture) => {
    const invoiceId = monthInvoiceOf(order);
    await changeRow(order, { invoiceId });
    const drafts = app.get<InvoiceDrafts>(InvoiceDrafts);
    const orders = await drafts.deliveredOrders([order.orderId]);
    const draft = await drafts.draftFor(order.customer.userId, orders, { invoiceId, month: '2026-11' });
    await app.get<InvoiceIssuer>(InvoiceIssuer).issue([draft]);
  };

  describe('for an order that is recorded while another worker issues the invoice of its month', () => {
    let first: OrderFixture;
    let late: OrderFixture;
    beforeEach(async () => {
      first = await delivered();
      late = await delivered(first.customer);
    });

    const expectLateOneInNextMonth = async () => {
      expect(await rowOf(first)).toMatchObject({ invoiceId: monthInvoiceOf(first) });
      expect(await rowOf(first)).not.toHaveProperty('pendingShard');
      expect(await rowOf(late)).toMatchObject({ pendingShard: String(shardOfUser(first.customer.userId)) });
      expect(await rowOf(late)).not.toHaveProperty('invoiceId');
      await runMonth(JANUARY);
      expect(await ordersByInvoice()).toEqual({
        [monthInvoiceOf(first)]: [first.orderId],
        [monthInvoiceOf(first, '2026-12')]: [late.orderId],
      });
      expect(await rowOf(late)).not.toHaveProperty('pendingShard');
      expect(await violations()).toEqual([]);
    };

    it('go into the next month', async () => {
      clock.set(DECEMBER);
      interleave(
        app,
        ({ Update }) => Update?.TableName.endsWith('InvoicedOrders') === true && Update.Key.orderId === late.orderId,
        () => issueNovember(first),
      );
      await issueNext(first);
      await expectLateOneInNextMonth();
    });

    it('go into the next month if the worker crashes, and its message is repeated', async () => {
      clock.set(DECEMBER);
      await issueNovember(first);
      await changeRow(late, { invoiceId: monthInvoiceOf(first) });
      await issueNext(first);
      await expectLateOneInNextMonth();
    });

    it('go to the invoice that another worker gives it after both saw that it is left out', async () => {
      clock.set(DECEMBER);
      await issueNovember(first);
      await changeRow(late, { invoiceId: monthInvoiceOf(first) });
      interleave(
        app,
        ({ Update }) => Update?.UpdateExpression?.endsWith('REMOVE #invoiceId') === true,
        async () => {
          const invoices = app.get<InvoiceService>(InvoiceService);
          await invoices.issueForOrder(late.orderId);
          await invoices.issueForOrder(late.orderId);
        },
      );
      await issueNext(first);
      expect(await rowOf(late)).toMatchObject({ invoiceId: `I-${late.orderId}` });
      expect(await rowOf(late)).not.toHaveProperty('pendingShard');
    });

    it('are issued on request, and the order never shows the invoice without it', async () => {
      clock.set(DECEMBER);
      await issueNovember(first);
      await issueNext(first);
      const { pendingShard: _, ...row } = await rowOf(late);
      await app.store('InvoicedOrders', { ...row, invoiceId: monthInvoiceOf(first) });
      await late.customer.get(`/order/${late.orderId}/invoice`).expect(202);
      await app.settled();
      await app.get<InvoiceService>(InvoiceService).issueForOrder(late.orderId);
      const { body } = await late.customer.get(`/order/${late.orderId}/invoice`).expect(200);
      expect(body).toMatchObject({ orderId: late.orderId });
      expect(await violations()).toEqual([]);
    });
  });

  it('of single orders get their file with those of the month, if their worker crashed', async () => {
    const order = await delivered();
    await app.get<InvoiceService>(InvoiceService).issueForOrder(order.orderId);
    const { fileKey, ...invoice } = (await app.stored('Invoices', { invoiceId: `I-${order.orderId}` }))!;
    await app.store('Invoices', invoice);
    await changeRow(order, { pendingShard: String(shardOfUser(order.customer.userId)) });
    clock.set(DECEMBER);
    await issueNext(order);
    expect(await documents()).toMatchObject([{ fileKey }]);
    expect(await rowOf(order)).not.toHaveProperty('pendingShard');
  });

  it('that cannot be rendered stay pending, while all others of the shard are stored', async () => {
    const [damaged, sound] = [await delivered(), await delivered()];
    const pendingShard = String(shardOfUser(damaged.customer.userId));
    await changeRow(sound, { pendingShard });
    clock.set(DECEMBER);
    await issueNovember(damaged);
    const key = { invoiceId: monthInvoiceOf(damaged) };
    const invoice = (await app.stored('Invoices', key))!;
    await app.store('Invoices', { ...invoice, currency: 'No currency' });
    await issueNext(damaged);
    expect(await app.stored('Invoices', key)).not.toHaveProperty('fileKey');
    expect(await rowOf(damaged)).toMatchObject({ pendingShard });
    expect(await app.stored('Invoices', { invoiceId: monthInvoiceOf(sound) })).toHaveProperty('fileKey');
    expect(await rowOf(sound)).not.toHaveProperty('pendingShard');
    const request = app.get<InvoiceService>(InvoiceService).issueForOrder(damaged.orderId);
    await expect(request).rejects.toThrow('currency');
    await app.store('Invoices', invoice);
    await issueNext(damaged);
    expect(await app.stored('Invoices', key)).toHaveProperty('fileKey');
    expect(await rowOf(damaged)).not.toHaveProperty('pendingShard');
  });

  it('leave out an order that is not delivered, and are issued for all others', async () => {
    const [sound, damaged, other] = [await delivered(), await delivered(), await delivered()];
    const { customer } = sound;
    const onlyDamaged = (await app.stored('Orders', { orderId: damaged.orderId }))!;
    const history = (onlyDamaged.history as Item[]).filter(({ status }) => status !== 'DELIVERED');
    await app.store('Orders', { ...onlyDamaged, userId: customer.userId, status: 'DISPATCHED', history });
    // All are in one shard, and the second customer comes after the first.
    const pendingShard = String(shardOfUser(customer.userId));
    await changeRow(damaged, {
      ...{ userId: customer.userId, customerOrder: `${customer.userId}#${damaged.orderId}`, pendingShard },
    });
    await changeRow(other, { pendingShard });
    clock.set(DECEMBER);
    await issueNext(sound);
    expect(await ordersByInvoice()).toEqual({
      [monthInvoiceOf(sound)]: [sound.orderId],
      [monthInvoiceOf(other)]: [other.orderId],
    });
    expect(await rowOf(damaged)).toMatchObject({ pendingShard });
    expect(await rowOf(damaged)).not.toHaveProperty('invoiceId');
    await runMonth(DECEMBER);
    expect(await runOf('2026-11')).not.toHaveProperty('openShards');
    // It is delivered after all.
    await app.store('Orders', { ...onlyDamaged, userId: customer.userId });
    await runMonth(JANUARY);
    expect(await ordersByInvoice()).toMatchObject({ [monthInvoiceOf(sound, '2026-12')]: [damaged.orderId] });
  });

  it('are completed if the next month has ended when the run is resumed', async () => {
    const { monthly, order } = { monthly: app.get<MonthlyInvoices>(MonthlyInvoices), order: await delivered() };
    clock.set(DECEMBER);
    // The messages of November and October are lost, and a worker had assigned the order.
    const openShards = new Set(Array.from({ length: 16 }, (_, shard) => String(shard)));
    for (const month of ['2026-11', '2026-10']) {
      await app.store('InvoiceRuns', { month, openShards, startedAt: DECEMBER, progressAt: 0 });
    }
    await changeRow(order, { invoiceId: monthInvoiceOf(order) });
    await runMonth(JANUARY);
    await monthly.ensureProgress();
    for (const month of ['2026-10', '2026-11', '2026-12']) {
      expect(await runOf(month)).not.toHaveProperty('openShards');
    }
    expect(await ordersByInvoice()).toEqual({ [monthInvoiceOf(order)]: [order.orderId] });
    expect(await rowOf(order)).not.toHaveProperty('pendingShard');
  });

  it('of an older month are resumed although the run of the last month is done', async () => {
    await runMonth(DECEMBER);
    await app.get<MonthlyInvoices>(MonthlyInvoices).ensureProgress();
    await runMonth(JANUARY);
    const openShards = new Set(['3']);
    await app.store('InvoiceRuns', { ...(await runOf('2026-11')), openShards, progressAt: app.clock.realNow() });
    const monthly = app.get<MonthlyInvoices>(MonthlyInvoices);
    // It has made progress just now, so it is not resumed yet.
    await monthly.ensureProgress();
    await app.settled();
    expect(await runOf('2026-11')).toMatchObject({ openShards });
    await app.store('InvoiceRuns', { ...(await runOf('2026-11')), openShards, progressAt: 0 });
    await runMonth(JANUARY);
    expect(await runOf('2026-11')).not.toHaveProperty('openShards');
  });
});
