import { randomInt } from 'node:crypto';
import { CreditNotes } from '../../../src/modules/invoice/credit-notes.service';
import { InvoiceIssuer } from '../../../src/modules/invoice/invoice-issuer.service';
import { InvoiceDrafts } from '../../../src/modules/invoice/invoice-drafts.service';
import { InvoiceService } from '../../../src/modules/invoice/invoice.service';
import { MonthlyInvoices } from '../../../src/modules/invoice/monthly-invoices.service';
import { orderInvoiceIdOf, shardOfUser } from '../../../src/modules/invoice/domain/invoice';
import { UserService } from '../../../src/modules/user';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { FaultProxy } from '../../support/faults/fault-proxy';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import type { TestUser } from '../../support/fixtures/order-steps';
import { anOrder } from '../../support/fixtures/orders';
import { textOfPdf } from '../../support/pdf-text';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';
import { mailsTo } from '../notification/customer-inbox';

interface Invoice {
  readonly invoiceNumber: string;
  readonly orderId?: string;
  readonly total: number;
  readonly url: string;
  readonly from: string;
  readonly to: string;
}

const NOVEMBER = '2026-11-16T03:00:00Z';
const DECEMBER = '2026-12-01T01:30:00Z';

describe('invoices', () => {
  let app: TestApp;
  const emails = new Map<string, string>();
  const clock = new FixedBusinessClock(NOVEMBER);
  beforeEach(async () => {
    clock.set(NOVEMBER);
    app = await TestApp.start({}, { clock });
  });
  afterEach(() => app.stop());

  const aCustomer = async (details: object = {}): Promise<TestUser> => {
    const person = { name: 'Asha Rao', email: `asha${randomInt(10 ** 9)}@milkround.test`, ...details };
    const { userId } = await app.get<UserService>(UserService).create(person, 'CUSTOMER', 'milk-before-dawn');
    emails.set(userId, person.email);
    return app.as('CUSTOMER', userId);
  };
  const emailOf = ({ userId }: TestUser) => emails.get(userId) ?? '';
  const delivered = async (customer?: TestUser) => anOrder(app, { status: 'DELIVERED', ...(customer && { customer }) });
  const request = ({ orderId, customer }: { orderId: string; customer: TestUser }) =>
    customer.get(`/order/${orderId}/invoice`);
  const invoiceOf = async (order: { orderId: string; customer: TestUser }): Promise<Invoice> => {
    await request(order).expect(202);
    await app.settled();
    return (await request(order).expect(200)).body as Invoice;
  };
  const invoicesOf = async (customer: TestUser) => (await customer.get('/invoice/list').expect(200)).body as Invoice[];
  const textOf = async ({ url }: Invoice) => textOfPdf(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  const runMonth = async () => {
    const monthly = app.get<MonthlyInvoices>(MonthlyInvoices);
    await monthly.ensureProgress();
    await app.settled();
    await monthly.ensureProgress();
  };
  const positionOf = ({ invoiceNumber }: Invoice) => Number(invoiceNumber.split('/')[1]);

  describe('of one order', () => {
    it('are made on request, numbered in the financial year, and stay the same', async () => {
      await app.as('ADMIN').patch('/admin/dairy', { name: 'Sunrise Dairy', taxId: '27AAPFU0939F1ZV' }).expect(200);
      const order = await delivered(await aCustomer());
      const { headers, body } = await request(order).expect(202);
      expect(headers['retry-after']).toBe('2');
      expect(body).toEqual({ message: expect.stringContaining('being made') as string });
      await app.settled();
      const invoice = (await request(order).expect(200)).body as Invoice;
      expect(invoice).toMatchObject({
        ...{ invoiceNumber: '2026-27/000001', orderId: order.orderId, total: order.amount, currency: 'INR' },
        ...{ from: '2026-11-16', to: '2026-11-16', issuedAt: NOVEMBER },
      });
      const text = await textOf(invoice);
      for (const part of ['Sunrise Dairy', '27AAPFU0939F1ZV', '2026-27/000001', 'Asha Rao', '16 November 2026']) {
        expect(text).toContain(part);
      }
      // Neither a new name nor a new price changes an issued invoice.
      await app.as('ADMIN').patch('/admin/dairy', { name: 'Another Dairy' }).expect(200);
      const again = (await request(order).expect(200)).body as Invoice;
      expect(again.invoiceNumber).toBe(invoice.invoiceNumber);
      expect(await textOf(again)).toBe(text);
    });

    it('are in the language of the customer, with names as they were typed', async () => {
      const order = await delivered(await aCustomer({ name: '{{राज}} <b>', language: 'hi' }));
      const text = await textOf(await invoiceOf(order));
      expect(text).toContain('{{राज}} <b>');
      expect(text).toContain('₹');
      expect(text).not.toContain('Tax invoice');
    });

    it('are only for delivered orders, and only for their customer and admins', async () => {
      const confirmed = await anOrder(app);
      expect((await request(confirmed).expect(409)).body.code).toBe('invoice.order_not_delivered');
      const order = await delivered();
      expect((await app.as('CUSTOMER').get(`/order/${order.orderId}/invoice`).expect(404)).body.code).toBe(
        'order.not_found',
      );
      await app.as('COURIER').get(`/order/${order.orderId}/invoice`).expect(404);
      await app.http.get(`/order/${order.orderId}/invoice`).expect(401);
      await app.as('ADMIN').get('/order/UNKNOWN/invoice').expect(404);
      await app.as('ADMIN').get(`/order/${order.orderId}/invoice`).expect(202);
      await app.as('CUSTOMER').get('/invoice/list', { userId: order.customer.userId }).expect(403);
    });

    it('have no gaps and no duplicates, whatever is requested at the same time', async () => {
      const orders = [];
      for (let index = 0; index < 6; index++) orders.push(await delivered());
      await Promise.all(orders.flatMap((order) => [request(order).expect(202), request(order).expect(202)]));
      await app.settled();
      const invoices = await Promise.all(
        orders.map(async (order) => (await request(order).expect(200)).body as Invoice),
      );
      expect(invoices.map(positionOf).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('have no gaps when two workers issue them at once, or the same one twice', async () => {
      const { orderId, customer } = await delivered();
      const drafts = app.get<InvoiceDrafts>(InvoiceDrafts);
      const orders = await drafts.deliveredOrders([orderId]);
      const draft = (invoiceId: string) => drafts.draftFor(customer.userId, orders, { invoiceId, orderId });
      const issuer = app.get<InvoiceIssuer>(InvoiceIssuer);
      const batches = [['A', 'B'], ['C'], ['A', 'D'], ['E', 'F', 'G'], ['A']];
      const issued = await Promise.all(
        batches.map(async (ids) => issuer.issue(await Promise.all(ids.map((id) => draft(id))))),
      );
      const numbers = new Map(issued.flat().map(({ invoiceId, number }) => [invoiceId, number]));
      expect([...numbers.values()].sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map((position) => `2026-27/00000${position}`));
      expect(issued.flat().every(({ invoiceId, number }) => numbers.get(invoiceId) === number)).toBe(true);
    });

    it('are made again after a crash between the number and the file', async () => {
      const order = await delivered();
      const drafts = app.get<InvoiceDrafts>(InvoiceDrafts);
      const draft = await drafts.draftFor(order.customer.userId, await drafts.deliveredOrders([order.orderId]), {
        invoiceId: orderInvoiceIdOf(order.orderId),
        orderId: order.orderId,
      });
      await app.get<InvoiceIssuer>(InvoiceIssuer).issue([draft]);
      expect((await invoiceOf(order)).invoiceNumber).toBe('2026-27/000001');
      await app.get<InvoiceService>(InvoiceService).issueForOrder(order.orderId);
      expect(await invoicesOf(order.customer)).toHaveLength(1);
    });

    it('are made once S3 answers again', async () => {
      let isAway = false;
      const s3 = await FaultProxy.start(process.env.S3_ENDPOINT ?? '', () => (isAway ? 'unavailable' : 'answered'));
      const task = await TestApp.start({ S3_ENDPOINT: s3.url, QUEUE_RETRY_SECONDS: '0' }, { clock });
      try {
        const order = await anOrder(task, { status: 'DELIVERED' });
        isAway = true;
        await request(order).expect(202);
        await waitUntil('the number', async () => (await task.allStored('Invoices')).length === 1);
        await request(order).expect(202);
        isAway = false;
        await task.settled();
        expect(((await request(order).expect(200)).body as Invoice).invoiceNumber).toBe('2026-27/000001');
      } finally {
        await task.stop();
        await s3.stop();
      }
    });

    it('are requested again if the message was lost', async () => {
      const order = await delivered();
      await app.store('InvoicedOrders', { orderId: order.orderId, requestedAt: app.clock.realNow() - 31_000 });
      await request(order).expect(202);
      await waitUntil('the invoice', async () => (await request(order)).status === 200);
    });
  });

  describe('of a month', () => {
    it('have every delivery that has no invoice yet, once', async () => {
      const [asha, bela] = [await aCustomer(), await aCustomer({ name: 'Bela' })];
      const orders = [await delivered(asha), await delivered(asha), await delivered(bela)];
      const single = await delivered(asha);
      await invoiceOf(single);
      clock.set(DECEMBER);
      await runMonth();
      const [ofMonth, ofOrder] = await invoicesOf(asha);
      expect(ofOrder).toMatchObject({ orderId: single.orderId, total: single.amount });
      expect(ofMonth).toMatchObject({ from: '2026-11-16', to: '2026-11-16', total: orders[0]!.amount * 2 });
      expect(ofMonth).not.toHaveProperty('orderId');
      expect(await invoicesOf(bela)).toHaveLength(1);
      const mails = await mailsTo(emailOf(asha), /^Your invoice 2026-27\/\d{6}$/);
      expect(mails.map(({ subject }) => subject)).toEqual([`Your invoice ${ofMonth?.invoiceNumber}`]);
      expect([ofMonth!, ofOrder!, ...(await invoicesOf(bela))].map(positionOf).sort()).toEqual([1, 2, 3]);
      // The order now shows the invoice of its month.
      expect(((await request(orders[0]!).expect(200)).body as Invoice).invoiceNumber).toBe(ofMonth?.invoiceNumber);
      await runMonth();
      expect(await invoicesOf(asha)).toHaveLength(2);
    });

    it('are listed and not mailed if everything was refunded before', async () => {
      const customer = await aCustomer();
      const { orderId, paymentId = '' } = await delivered(customer);
      await app.get<CreditNotes>(CreditNotes).refund({ orderId, paymentId, refunded: 3_000 });
      clock.set(DECEMBER);
      await runMonth();
      expect(await invoicesOf(customer)).toMatchObject([{ total: 0 }]);
      expect(await mailsTo(emailOf(customer), /^Your invoice/)).toEqual([]);
    });

    it('are not made before the month has ended in the business time zone', async () => {
      const order = await delivered();
      clock.set('2026-11-30T18:29:00Z');
      await runMonth();
      expect(await invoicesOf(order.customer)).toEqual([]);
      clock.set('2026-11-30T18:30:00Z');
      await runMonth();
      expect(await invoicesOf(order.customer)).toHaveLength(1);
    });

    it('leave a delivery that is recorded late to the next month', async () => {
      const customer = await aCustomer();
      await delivered(customer);
      const late = await delivered(customer);
      const row = (await app.stored('InvoicedOrders', { orderId: late.orderId })) ?? {};
      await app.store('InvoicedOrders', { orderId: late.orderId });
      clock.set(DECEMBER);
      await runMonth();
      await app.store('InvoicedOrders', row);
      expect(await invoicesOf(customer)).toHaveLength(1);
      clock.set('2027-01-01T01:30:00Z');
      await runMonth();
      expect(await invoicesOf(customer)).toHaveLength(2);
    });

    it('are made for more customers of a shard than one message covers', async () => {
      const customers: TestUser[] = [];
      while (customers.length < 21) {
        const userId = newUserId();
        if (shardOfUser(userId) === 0) customers.push(app.as('CUSTOMER', userId));
      }
      for (const customer of customers) await delivered(customer);
      clock.set(DECEMBER);
      await runMonth();
      const invoices = (await Promise.all(customers.map(invoicesOf))).flat();
      expect(invoices.map(positionOf).sort((one, other) => one - other)).toEqual(
        Array.from({ length: 21 }, (_, index) => index + 1),
      );
    });

    it('get their file when the worker crashed after it had issued them', async () => {
      const order = await delivered();
      const drafts = app.get<InvoiceDrafts>(InvoiceDrafts);
      const { userId } = order.customer;
      const invoiceId = `I-2026-11-${userId}`;
      const orders = await drafts.deliveredOrders([order.orderId]);
      const draft = await drafts.draftFor(userId, orders, { invoiceId, month: '2026-11' });
      const row = await app.stored('InvoicedOrders', { orderId: order.orderId });
      await app.store('InvoicedOrders', { ...row, invoiceId });
      clock.set(DECEMBER);
      await app.get<InvoiceIssuer>(InvoiceIssuer).issue([draft]);
      await runMonth();
      const [invoice, ...others] = await invoicesOf(order.customer);
      expect(others).toEqual([]);
      expect(invoice?.url).toMatch(/^http/);
    });

    it('are completed when a run was interrupted between customers', async () => {
      const customers = await Promise.all(Array.from({ length: 3 }, () => aCustomer()));
      for (const customer of customers) await delivered(customer);
      clock.set(DECEMBER);
      // The first worker crashed after it had assigned the orders.
      const rows = await app.allStored<{ orderId: string; userId: string }>('InvoicedOrders');
      await app.store('InvoicedOrders', { ...rows[0], invoiceId: `I-2026-11-${rows[0]!.userId}` });
      await runMonth();
      const invoices = (await Promise.all(customers.map(invoicesOf))).flat();
      expect(invoices.map(positionOf).sort()).toEqual([1, 2, 3]);
      expect(invoices.every(({ url }) => url !== undefined)).toBe(true);
      const pending = (await app.allStored<object>('InvoicedOrders')).filter((row) => 'pendingShard' in row);
      expect(pending).toEqual([]);
    });
  });
});
