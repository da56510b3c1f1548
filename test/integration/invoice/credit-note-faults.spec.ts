import { type SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { CreditNotes } from '../../../src/modules/invoice/credit-notes.service';
import { shardOfUser } from '../../../src/modules/invoice/domain/invoice';
import { InvoiceService } from '../../../src/modules/invoice/invoice.service';
import { InvoiceSubscribers } from '../../../src/modules/invoice/invoice.subscribers';
import { MonthlyInvoices } from '../../../src/modules/invoice/monthly-invoices.service';
import { ReconciliationService } from '../../../src/modules/reconciliation';
import { FaultProxy } from '../../support/faults/fault-proxy';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { interleave } from '../../support/faults/interleave';
import { anOrder, type OrderFixture } from '../../support/fixtures/orders';
import { publishEvent } from '../../support/fixtures/publish-event';
import { callsDuring } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

type Item = Record<string, unknown>;

interface Document extends Item {
  readonly kind?: 'CREDIT_NOTE';
  readonly number: string;
  readonly total: number;
  readonly taxes: readonly { readonly tax: number; readonly gross: number }[];
}

const NOVEMBER = '2026-11-16T03:00:00Z';
const DECEMBER = '2026-12-01T01:30:00Z';
const NEXT_FINANCIAL_YEAR = '2027-04-01T03:00:00Z';

describe('credit notes, when something goes wrong', () => {
  let app: TestApp;
  let s3: FaultProxy;
  let isS3Away = false;
  const clock = new FixedBusinessClock(NOVEMBER);
  beforeAll(async () => {
    s3 = await FaultProxy.start(process.env.S3_ENDPOINT ?? '', () => (isS3Away ? 'unavailable' : 'answered'));
  });
  beforeEach(async () => {
    clock.set(NOVEMBER);
    app = await TestApp.start({ S3_ENDPOINT: s3.url, QUEUE_RETRY_SECONDS: '0' }, { clock });
  });
  afterEach(() => app.stop());
  afterAll(() => s3.stop());

  const refund = ({ orderId, paymentId = '' }: OrderFixture, refunded: number) =>
    app.get<CreditNotes>(CreditNotes).refund({ orderId, paymentId, refunded });
  const violations = async () =>
    (await app.get<ReconciliationService>(ReconciliationService).run()).violations.map(({ kind }) => kind);
  const documents = () => app.allStored<Document>('Invoices');
  const change = async (table: string, key: Item, changes: Item) => {
    const item = (await app.stored(table, key))!;
    await app.store(table, { ...item, ...changes });
    return () => app.store(table, item);
  };
  /** An order of ₹30, whose tax of 5 % is ₹1.43. */
  const delivered = async (customer = app.as('CUSTOMER')) => {
    const order = await anOrder(app, { status: 'DELIVERED', customer });
    const { items } = (await app.stored('Orders', { orderId: order.orderId })) as { items: Item[] };
    await change('Orders', { orderId: order.orderId }, { items: items.map((item) => ({ ...item, taxRate: 5 })) });
    return order;
  };
  const startMonth = async () => {
    clock.set(DECEMBER);
    await app.get<MonthlyInvoices>(MonthlyInvoices).ensureProgress();
  };
  const pendingOrders = async () =>
    (await app.allStored<Item>('InvoicedOrders')).filter(({ pendingShard }) => pendingShard !== undefined);
  const notesOf = (all: readonly Document[]) => all.filter(({ kind }) => kind === 'CREDIT_NOTE');
  const taxOf = (all: readonly Document[]) => all.flatMap(({ taxes }) => taxes).reduce((sum, { tax }) => sum + tax, 0);

  it('credit the tax of their invoice together, whatever their number', async () => {
    const customer = app.as('CUSTOMER');
    const orders = [await delivered(customer), await delivered(customer)];
    await startMonth();
    await app.settled();
    for (const refunded of [11, 22, 33, 3_000]) for (const order of orders) await refund(order, refunded);
    const all = await documents();
    expect(notesOf(all)).toHaveLength(8);
    expect(taxOf(notesOf(all))).toBe(286);
    expect(taxOf(all)).toBe(286 * 2);
    expect(await violations()).toEqual([]);
  });

  it('credit the tax once, if two orders of an invoice are credited at once in different financial years', async () => {
    const customer = app.as('CUSTOMER');
    const [one, other] = [await delivered(customer), await delivered(customer)];
    await startMonth();
    await app.settled();
    interleave(
      app,
      ({ Put }) => Put?.Item.orderId === one.orderId,
      async () => {
        // Its number is of another series, so only the invoice shows that it came in between.
        clock.set(NEXT_FINANCIAL_YEAR);
        await refund(other, 11);
      },
    );
    await refund(one, 11);
    const notes = notesOf(await documents());
    expect(notes.map(({ number }) => number).sort()).toEqual(['2027-28/C000001', '2027-28/C000002']);
    expect(taxOf(notes)).toBe(1);
    expect(await violations()).toEqual([]);
  });

  it('cost two reads for an order without an invoice', async () => {
    const order = await delivered();
    const calls = await callsDuring(app, () => refund(order, 1_000));
    expect(calls.filter((name) => name.includes('Get'))).toEqual(['BatchGetItemCommand', 'GetItemCommand']);
  });

  it('are skipped for an order with damaged data, while all others get theirs', async () => {
    const customer = app.as('CUSTOMER');
    const [damaged, sound] = [await delivered(customer), await delivered(customer)];
    await startMonth();
    await app.settled();
    const shard = shardOfUser(customer.userId);
    // The worker crashed before it took the orders off the list, and both were refunded meanwhile.
    const pending = { pendingShard: String(shard) };
    await change('InvoicedOrders', { orderId: sound.orderId }, { ...pending, refunded: 1_000 });
    await change('InvoicedOrders', { orderId: damaged.orderId }, { ...pending, refunded: 9_000 });
    const [item] = (await app.stored('Orders', { orderId: damaged.orderId }))!.items as Item[];
    const repair = await change('Orders', { orderId: damaged.orderId }, { items: [{ ...item, lineTotal: 30_000 }] });
    await app.get<MonthlyInvoices>(MonthlyInvoices).issueNext({ month: '2026-11', shard });
    expect(notesOf(await documents())).toMatchObject([{ orderId: sound.orderId, total: 1_000 }]);
    // The order is tried again with those of the next month, and does not stop its shard.
    expect(await pendingOrders()).toMatchObject([{ orderId: damaged.orderId }]);
    await repair();
    expect(await violations()).toEqual(['CREDIT_NOTE_MISSING']);
    await app.get<MonthlyInvoices>(MonthlyInvoices).issueNext({ month: '2026-12', shard });
    expect(notesOf(await documents())).toHaveLength(2);
    expect(await pendingOrders()).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it('are issued when the message is repeated, if DynamoDB does not answer', async () => {
    const order = await delivered();
    await startMonth();
    await app.settled();
    const shard = shardOfUser(order.customer.userId);
    await change('InvoicedOrders', { orderId: order.orderId }, { pendingShard: String(shard), refunded: 1_000 });
    interleave(
      app,
      ({ Put }) => Put?.Item.kind === 'CREDIT_NOTE',
      () => Promise.reject(Object.assign(new Error('no answer'), { name: 'TimeoutError' })),
    );
    const issueNext = () => app.get<MonthlyInvoices>(MonthlyInvoices).issueNext({ month: '2026-11', shard });
    await expect(issueNext()).rejects.toThrow('no answer');
    expect(notesOf(await documents())).toEqual([]);
    expect(await pendingOrders()).toHaveLength(1);
    await issueNext();
    expect(notesOf(await documents())).toHaveLength(1);
    expect(await pendingOrders()).toEqual([]);
  });

  describe('whose message is lost', () => {
    let order: OrderFixture;
    let shard: number;
    beforeEach(async () => {
      order = await delivered();
      shard = shardOfUser(order.customer.userId);
      await app.get<InvoiceService>(InvoiceService).issueForOrder(order.orderId);
    });
    /** SQS takes the message of a refund, and then loses it. */
    const loseRefund = async (refundedTotal: number) => {
      const isRefund = (input: SendMessageBatchCommandInput) =>
        input.Entries?.some(({ MessageBody }) => MessageBody?.includes('"REFUND"')) === true;
      app
        .get<SQSClient>(SQSClient)
        .middlewareStack.add(
          (next) => (args) =>
            isRefund(args.input as SendMessageBatchCommandInput)
              ? Promise.resolve({ output: { $metadata: {} }, response: {} })
              : next(args),
          { step: 'initialize', name: 'lose-refunds', override: true },
        );
      const { orderId, paymentId = '' } = order;
      const { userId } = order.customer;
      const event = { type: 'payment.refunded', paymentId, orderId, userId, method: 'CARD' } as const;
      await publishEvent(app, InvoiceSubscribers, { ...event, amount: 400, refundedTotal });
    };
    const issueNext = () => app.get<MonthlyInvoices>(MonthlyInvoices).issueNext({ month: '2026-11', shard });
    const expectCredit = async (amounts: readonly number[]) => {
      expect(notesOf(await documents()).map(({ total }) => total)).toEqual(expect.arrayContaining([...amounts]));
      expect(notesOf(await documents())).toHaveLength(amounts.length);
      expect(await pendingOrders()).toEqual([]);
      expect(await violations()).toEqual([]);
    };

    it('are missing in the books, and issued with the invoices of the next month', async () => {
      expect(await pendingOrders()).toEqual([]);
      await loseRefund(1_000);
      expect(await violations()).toEqual(['CREDIT_NOTE_MISSING']);
      clock.set(DECEMBER);
      await issueNext();
      await expectCredit([1_000]);
    });

    it('are issued by a message for the order', async () => {
      await loseRefund(1_000);
      await app.get<InvoiceService>(InvoiceService).issueForOrder(order.orderId);
      await expectCredit([1_000]);
    });

    it('are issued later, if the refund comes between the credit note of another and the end of its message', async () => {
      await loseRefund(600);
      interleave(
        app,
        ({ Update }) => Update?.UpdateExpression === 'REMOVE #pendingShard',
        () => loseRefund(1_000),
      );
      await refund(order, 600);
      expect(await pendingOrders()).toMatchObject([{ orderId: order.orderId }]);
      expect(await violations()).toEqual(['CREDIT_NOTE_MISSING']);
      await issueNext();
      await expectCredit([600, 400]);
    });
  });

  it('and invoices get their numbers while S3 is away, and their files once it answers', async () => {
    const customer = app.as('CUSTOMER');
    const orders = [await delivered(customer), await delivered(customer)];
    interleave(
      app,
      ({ Put }) => String(Put?.Item.invoiceId).startsWith('I-'),
      async () => {
        // Recorded between the content of the invoice and its number.
        for (const order of orders) await refund(order, 1_000);
      },
    );
    isS3Away = true;
    await startMonth();
    await waitUntil('the numbers', async () => notesOf(await documents()).length === 2);
    expect((await documents()).filter(({ fileKey }) => fileKey)).toEqual([]);
    isS3Away = false;
    await app.settled();
    const all = await documents();
    expect(all.map(({ fileKey }) => fileKey)).toEqual(all.map(({ number }) => `${number}.pdf`));
    expect(await pendingOrders()).toEqual([]);
  });
});
