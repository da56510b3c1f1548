import { randomInt } from 'node:crypto';
import Stripe from 'stripe';
import { newEventId } from '../../../src/kernel/ids';
import { CreditNotes } from '../../../src/modules/invoice/credit-notes.service';
import { creditNoteIdOf } from '../../../src/modules/invoice/domain/credit';
import { orderInvoiceIdOf } from '../../../src/modules/invoice/domain/invoice';
import { CreditExceedsInvoice } from '../../../src/modules/invoice/domain/invoice.errors';
import { InvoiceDrafts } from '../../../src/modules/invoice/invoice-drafts.service';
import { InvoiceIssuer } from '../../../src/modules/invoice/invoice-issuer.service';
import { InvoiceService } from '../../../src/modules/invoice/invoice.service';
import { MonthlyInvoices } from '../../../src/modules/invoice/monthly-invoices.service';
import { ReconciliationService } from '../../../src/modules/reconciliation';
import { UserService } from '../../../src/modules/user';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { interleave } from '../../support/faults/interleave';
import { anOrder, type OrderFixture } from '../../support/fixtures/orders';
import { textOfPdf } from '../../support/pdf-text';
import type { StripeFake } from '../../support/fakes/stripe-fake';
import type { TestApp } from '../../support/test-app';
import { mailsTo } from '../notification/customer-inbox';
import { startWithStripe, WEBHOOK_SECRET } from '../payment/start-with-stripe';

interface Listed {
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly invoiceNumber: string;
  readonly creditNoteNumber?: string;
  readonly orderId?: string;
  readonly total: number;
  readonly credited?: number;
  readonly url: string;
}

const NOVEMBER = '2026-11-16T03:00:00Z';
const DECEMBER = '2026-12-01T01:30:00Z';

describe('credit notes', () => {
  let app: TestApp;
  let stripe: StripeFake;
  const clock = new FixedBusinessClock(NOVEMBER);
  beforeEach(async () => {
    clock.set(NOVEMBER);
    ({ app, stripe } = await startWithStripe(clock));
  });
  afterEach(async () => {
    const { violations } = await app.get<ReconciliationService>(ReconciliationService).run();
    await app.stop();
    await stripe.stop();
    if (violations.length > 0) throw new Error(JSON.stringify(violations));
  });

  const settled = async () => {
    await app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
    await app.settled();
  };
  /** The dairy refunds a part in Stripe's dashboard. */
  const refund = async ({ paymentId = '' }: OrderFixture, amount: number) => {
    const { payment_intent } = stripe.refundByHand(paymentId, amount);
    const object = { object: 'charge', payment_intent };
    const payload = JSON.stringify({
      ...{ id: `evt_${newEventId()}`, object: 'event', type: 'charge.refunded', data: { object } },
    });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET });
    await app.http
      .post('/payment/webhook', payload)
      .set({ 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature })
      .expect(200);
    await settled();
  };
  const aCustomer = async (language?: 'hi') => {
    const email = `asha${randomInt(10 ** 9)}@milkround.test`;
    const person = { name: 'Asha Rao', email, language };
    const { userId } = await app.get<UserService>(UserService).create(person, 'CUSTOMER', 'milk-before-dawn');
    return Object.assign(app.as('CUSTOMER', userId), { email });
  };
  const delivered = (customer = app.as('CUSTOMER')) =>
    anOrder(app, { status: 'DELIVERED', customer, paymentToken: 'pm_ok' });
  const invoiced = async (customer = app.as('CUSTOMER')) => {
    const order = await delivered(customer);
    await requestInvoice(order);
    return order;
  };
  const requestInvoice = async ({ customer, orderId }: OrderFixture) => {
    await customer.get(`/order/${orderId}/invoice`).expect(202);
    await app.settled();
  };
  const listOf = async ({ customer }: Pick<OrderFixture, 'customer'>) =>
    (await customer.get('/invoice/list').expect(200)).body as Listed[];
  const textOf = async ({ url }: Listed) => textOfPdf(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  const refundOf = ({ orderId, paymentId = '' }: OrderFixture, refunded: number) => ({ orderId, paymentId, refunded });

  it('are issued for each refund after the invoice, with a PDF, a message and numbers of their own', async () => {
    await app.as('ADMIN').patch('/admin/dairy', { name: 'Sunrise Dairy' }).expect(200);
    const customer = await aCustomer();
    const order = await invoiced(customer);
    await refund(order, 1_000);
    await refund(order, 500);
    const [second, first, invoice, ...others] = await listOf(order);
    expect(others).toEqual([]);
    expect(invoice).toMatchObject({ kind: 'INVOICE', total: 30, credited: 15, invoiceNumber: '2026-27/000001' });
    const common = { kind: 'CREDIT_NOTE', invoiceNumber: '2026-27/000001', orderId: order.orderId };
    expect(first).toMatchObject({ ...common, creditNoteNumber: '2026-27/C000001', total: 10 });
    expect(second).toMatchObject({ ...common, creditNoteNumber: '2026-27/C000002', total: 5 });
    const text = await textOf(first!);
    const parts = [
      'Credit note',
      'Sunrise Dairy',
      'Asha Rao',
      '2026-27/C000001',
      'For invoice: 2026-27/000001',
      '₹10.00',
    ];
    for (const part of parts) expect(text).toContain(part);
    const rule =
      'The tax of each rate is that of all credit notes of the invoice so far, less what earlier ones contain.';
    expect(text.replace(/\s+/g, ' ')).toContain(rule);
    const mails = await mailsTo(customer.email, /^Your credit note/);
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Your credit note 2026-27/C000001',
      'Your credit note 2026-27/C000002',
    ]);
    // The order still shows its invoice.
    const { body } = await order.customer.get(`/order/${order.orderId}/invoice`).expect(200);
    expect(body).toMatchObject({ kind: 'INVOICE', invoiceNumber: '2026-27/000001' });
  });

  it('are in the language of the invoice', async () => {
    const order = await invoiced(await aCustomer('hi'));
    await refund(order, 1_000);
    const text = await textOf((await listOf(order))[0]!);
    expect(text).not.toContain('Credit note');
    expect(text).toContain('2026-27/C000001');
  });

  it('are issued for an invoice of an earlier version, which has no list of orders', async () => {
    const order = await invoiced();
    const {
      orders: _,
      refunds: __,
      ...old
    } = (await app.stored('Invoices', { invoiceId: `I-${order.orderId}` })) ?? {};
    await app.store('Invoices', old);
    await refund(order, 1_000);
    expect((await listOf(order))[0]).toMatchObject({ kind: 'CREDIT_NOTE', total: 10 });
  });

  it('never exceed the order, and end with it', async () => {
    const order = await invoiced();
    await refund(order, 1_000);
    await refund(order, 2_000);
    await app.get<CreditNotes>(CreditNotes).refund(refundOf(order, 9_999));
    expect((await listOf(order)).map(({ kind, total }) => [kind, total])).toEqual([
      ['CREDIT_NOTE', 20],
      ['CREDIT_NOTE', 10],
      ['INVOICE', 30],
    ]);
  });

  it('have no gaps and no duplicates when workers credit at once, one order or several', async () => {
    const orders = [await invoiced(), await invoiced(), await invoiced()];
    for (const order of orders) stripe.refundByHand(order.paymentId ?? '', 1_000);
    const credits = app.get<CreditNotes>(CreditNotes);
    const twice = [...orders, ...orders];
    await Promise.all(twice.map((order, index) => credits.refund(refundOf(order, index < 3 ? 600 : 1_000))));
    await Promise.all(orders.map((order) => refund(order, 1)));
    const notes = (await Promise.all(orders.map(listOf))).map((list) =>
      list.filter(({ kind }) => kind === 'CREDIT_NOTE'),
    );
    for (const ofOrder of notes) expect(ofOrder.reduce((sum, { total }) => sum + total * 100, 0)).toBeCloseTo(1_001);
    const numbers = notes
      .flat()
      .map(({ creditNoteNumber }) => Number(creditNoteNumber?.split('/C')[1]))
      .sort((one, other) => one - other);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(new Set(notes.flat().map(({ url }) => url)).size).toBe(numbers.length);
  });

  it('get the next number if another worker takes one between the read and the write', async () => {
    const orders = [await invoiced(), await invoiced(), await invoiced()] as const;
    for (const order of orders) stripe.refundByHand(order.paymentId ?? '', 1_000);
    const credits = app.get<CreditNotes>(CreditNotes);
    const [first, second, third] = orders;
    await credits.refund(refundOf(first, 1_000));
    interleave(
      app,
      ({ Put }) => Put?.Item.orderId === second.orderId,
      () => credits.refund(refundOf(third, 1_000)),
    );
    await credits.refund(refundOf(second, 1_000));
    const numbers = await Promise.all(orders.map(async (order) => (await listOf(order))[0]?.creditNoteNumber));
    expect(numbers).toEqual(['2026-27/C000001', '2026-27/C000003', '2026-27/C000002']);
    for (const order of orders) await refund(order, 1);
  });

  it('are refused if they would exceed the invoice', async () => {
    const order = await invoiced();
    await refund(order, 1_000);
    const invoiceId = orderInvoiceIdOf(order.orderId);
    const invoice = await app.stored('Invoices', { invoiceId });
    // Another worker has counted a credit note since.
    await app.store('Invoices', { ...invoice, credited: 1_001 });
    const credits = app.get<CreditNotes>(CreditNotes);
    const refused = credits.refund(refundOf(order, 3_000));
    await expect(refused).rejects.toThrow(CreditExceedsInvoice);
    await expect(refused).rejects.toThrow('2026-27/000001 of 30: 10.01 is credited, and 20 would be added');
    expect(await listOf(order)).toHaveLength(2);
    await app.store('Invoices', invoice ?? {});
    await refund(order, 2_000);
  });

  it('are not issued for what was refunded before the invoice, which is reduced by it', async () => {
    const [order, full] = [await delivered(), await delivered()];
    await refund(order, 1_000);
    await refund(full, 3_000);
    await requestInvoice(order);
    await requestInvoice(full);
    const [invoice, ...others] = await listOf(order);
    expect(others).toEqual([]);
    expect(invoice).toMatchObject({ kind: 'INVOICE', total: 20 });
    const text = await textOf(invoice!);
    for (const part of ['Refunded before this invoice', '-₹10.00', '₹20.00']) expect(text).toContain(part);
    expect(await listOf(full)).toMatchObject([{ kind: 'INVOICE', total: 0 }]);
    await refund(order, 500);
    expect((await listOf(order))[0]).toMatchObject({ kind: 'CREDIT_NOTE', total: 5 });
  });

  it('are issued for a refund between the content of the invoice and its number', async () => {
    const order = await delivered();
    interleave(
      app,
      ({ Put }) => Put?.Item.invoiceId === orderInvoiceIdOf(order.orderId),
      () => app.get<CreditNotes>(CreditNotes).refund(refundOf(order, 1_000)),
    );
    stripe.refundByHand(order.paymentId ?? '', 1_000);
    await requestInvoice(order);
    expect((await listOf(order)).map(({ kind, total }) => [kind, total])).toEqual([
      ['CREDIT_NOTE', 10],
      ['INVOICE', 30],
    ]);
    await refund(order, 1);
  });

  it('belong to the invoice of the month, and are deducted from it if they came first', async () => {
    const customer = app.as('CUSTOMER');
    const orders = [await delivered(customer), await delivered(customer)];
    await refund(orders[0]!, 1_000);
    clock.set(DECEMBER);
    await app.get<MonthlyInvoices>(MonthlyInvoices).ensureProgress();
    await app.settled();
    await refund(orders[1]!, 700);
    expect(await listOf({ customer })).toMatchObject([
      { kind: 'CREDIT_NOTE', total: 7, orderId: orders[1]?.orderId },
      { kind: 'INVOICE', total: 50, credited: 7 },
    ]);
  });

  it('are not issued for a cancelled order, or for a payment that is not the order’s own', async () => {
    const order = await invoiced();
    await app.get<CreditNotes>(CreditNotes).refund({ ...refundOf(order, 1_000), paymentId: 'PAY101' });
    expect(await listOf(order)).toHaveLength(1);
    const cancelled = await anOrder(app, { paymentToken: 'pm_ok' });
    await cancelled.customer.post('/order/cancel', { orderId: cancelled.orderId }).expect(200);
    await settled();
    expect(await app.stored('InvoicedOrders', { orderId: cancelled.orderId })).toBeUndefined();
  });

  it('get their file when the worker crashed after it had issued them', async () => {
    const order = await invoiced();
    await refund(order, 1_000);
    const { fileKey, ...crashed } = (await app.stored('Invoices', {
      invoiceId: creditNoteIdOf(order.orderId, 1_000),
    }))!;
    expect(fileKey).toBe('2026-27/C000001.pdf');
    await app.store('Invoices', crashed);
    await app.get<CreditNotes>(CreditNotes).refund(refundOf(order, 1_000));
    const [note, ...others] = await listOf(order);
    expect(others).toHaveLength(1);
    expect(note?.url).toMatch(/^http/);
  });

  it('are issued when the worker crashed between the invoice and the refund that came meanwhile', async () => {
    const order = await delivered();
    const drafts = app.get<InvoiceDrafts>(InvoiceDrafts);
    const orders = await drafts.deliveredOrders([order.orderId]);
    const ids = { invoiceId: orderInvoiceIdOf(order.orderId), orderId: order.orderId };
    await app.get<InvoiceIssuer>(InvoiceIssuer).issue([await drafts.draftFor(order.customer.userId, orders, ids)]);
    await refund(order, 1_000);
    await app.get<InvoiceService>(InvoiceService).issueForOrder(order.orderId);
    expect((await listOf(order)).map(({ kind }) => kind)).toEqual(['CREDIT_NOTE', 'INVOICE']);
  });
});
