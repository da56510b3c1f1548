import { CreditNotes } from '../../../src/modules/invoice/credit-notes.service';
import { MonthlyInvoices } from '../../../src/modules/invoice/monthly-invoices.service';
import { type ReconciliationReport, ReconciliationService } from '../../../src/modules/reconciliation';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { anOrder, type OrderFixture } from '../../support/fixtures/orders';
import { TestApp } from '../../support/test-app';

type Item = Record<string, unknown>;

interface PlantedError {
  readonly violations: readonly Item[];
  readonly repair: () => Promise<unknown>;
}

const SEPTEMBER = '2026-09-16T03:00:00Z';
const OCTOBER = '2026-10-16T03:00:00Z';
const NOVEMBER = '2026-11-16T03:00:00Z';
const DECEMBER = '2026-12-16T03:00:00Z';

jest.setTimeout(120_000);

describe('the books of invoices', () => {
  let app: TestApp;
  let report: ReconciliationReport;
  const clock = new FixedBusinessClock(SEPTEMBER);
  const planted = new Map<string, PlantedError>();

  const books = () => app.get<ReconciliationService>(ReconciliationService).run();
  const delivered = () => anOrder(app, { status: 'DELIVERED' });
  const runMonth = async () => {
    await app.get<MonthlyInvoices>(MonthlyInvoices).ensureProgress();
    await app.settled();
  };
  const invoiced = async (taxRate?: number) => {
    const order = await delivered();
    const stored = (await app.stored('Orders', { orderId: order.orderId })) as { items: Item[] };
    if (taxRate) await app.store('Orders', { ...stored, items: stored.items.map((item) => ({ ...item, taxRate })) });
    await order.customer.get(`/order/${order.orderId}/invoice`).expect(202);
    await app.settled();
    const key = { invoiceId: `I-${order.orderId}` };
    const invoice = (await app.stored('Invoices', key))!;
    return { ...order, ...key, invoice, userId: order.customer.userId, invoiceNumber: invoice.number };
  };
  const credited = async (taxRate?: number, refunds = [1_000]) => {
    const order = await invoiced(taxRate);
    const { orderId, paymentId = '' } = order;
    for (const refunded of refunds) await app.get<CreditNotes>(CreditNotes).refund({ orderId, paymentId, refunded });
    const creditNoteId = `C-${orderId}-${refunds.at(-1)}`;
    const creditNote = (await app.stored('Invoices', { invoiceId: creditNoteId }))!;
    const row = (await app.stored('InvoicedOrders', { orderId }))!;
    return { ...order, creditNote, creditNoteId, row };
  };
  const plant = async (table: string, item: Item, changes: Item) => {
    await app.store(table, { ...item, ...changes });
    return () => app.store(table, item);
  };

  /** Months whose runs are done, beginning with August. */
  const orders: Record<string, OrderFixture> = {};
  beforeAll(async () => {
    app = await TestApp.start({}, { clock });
    await runMonth();
    orders.september = await delivered();
    clock.set(OCTOBER);
    await runMonth();
    orders.october = await delivered();
    orders.octoberToo = await delivered();
    clock.set(NOVEMBER);
    await runMonth();
    orders.november = await delivered();
    clock.set(DECEMBER);
    await runMonth();
    orders.december = await delivered();
  });
  afterAll(() => app.stop());

  const mistakes: Record<string, () => Promise<PlantedError>> = {
    'a number that two invoices share, and one of no series': async () => {
      const [one, other] = [await invoiced(), await invoiced()];
      await app.store('Invoices', { ...one.invoice, number: '2031-32/000001' });
      const repair = await plant('Invoices', other.invoice, { number: '2026-27/000001' });
      return {
        violations: [
          { kind: 'INVOICE_NUMBERS_WRONG', invoiceNumber: '2026-27' },
          { kind: 'INVOICE_NUMBERS_WRONG', invoiceNumber: '2026-27' },
          { kind: 'INVOICE_NUMBERS_WRONG', invoiceNumber: '2031-32/000001', userId: one.userId },
        ],
        repair: async () => {
          await repair();
          await app.store('Invoices', one.invoice);
        },
      };
    },
    'a number that is none': async () => {
      const { invoice, userId } = await invoiced();
      const repair = await plant('Invoices', invoice, { number: 'INV 7' });
      return {
        // The violation of the series names the number that it lacks.
        violations: [{ kind: 'INVOICE_NUMBERS_WRONG', invoiceNumber: 'INV 7', userId }],
        repair,
      };
    },
    'a total that is not what the orders amount to': async () => {
      const { invoice, invoiceNumber, userId } = await invoiced();
      const repair = await plant('Invoices', invoice, { total: 2_999 });
      return { violations: [{ kind: 'INVOICE_WRONG', invoiceNumber, userId }], repair };
    },
    'taxes that do not follow from the lines': async () => {
      const { invoice, invoiceNumber, userId } = await invoiced();
      const repair = await plant('Invoices', invoice, { taxes: [{ rate: 0, net: 2_999, tax: 1, gross: 3_000 }] });
      return { violations: [{ kind: 'INVOICE_WRONG', invoiceNumber, userId }], repair };
    },
    'an order on two invoices': async () => {
      const { invoice, invoiceNumber, userId, orderId } = await invoiced();
      const other = await invoiced();
      const repair = await plant('InvoicedOrders', (await app.stored('InvoicedOrders', { orderId }))!, {
        invoiceId: other.invoiceId,
      });
      expect(invoice.orders).toEqual([{ orderId, amount: 3_000 }]);
      return {
        violations: [
          { kind: 'INVOICED_TWICE', invoiceNumber, userId, orderId },
          // Its row names an invoice that does not have it.
          { kind: 'INVOICE_MISSING', orderId, userId },
        ],
        repair,
      };
    },
    'an order of a closed month without an invoice': async () => {
      const { orderId, customer } = orders.october!;
      const { invoiceId, ...row } = (await app.stored('InvoicedOrders', { orderId }))!;
      const { number: invoiceNumber } = (await app.stored('Invoices', { invoiceId: String(invoiceId) }))!;
      await app.store('InvoicedOrders', row);
      const { userId } = customer;
      return {
        violations: [
          { kind: 'INVOICE_MISSING', orderId, userId },
          { kind: 'INVOICED_TWICE', orderId, userId, invoiceNumber },
        ],
        repair: () => app.store('InvoicedOrders', { ...row, invoiceId }),
      };
    },
    'an order of a closed month that was never recorded for an invoice': async () => {
      const { orderId, customer } = orders.octoberToo!;
      const row = (await app.stored('InvoicedOrders', { orderId }))!;
      const { number: invoiceNumber } = (await app.stored('Invoices', { invoiceId: String(row.invoiceId) }))!;
      await app.store('InvoicedOrders', { orderId });
      const { userId } = customer;
      return {
        violations: [
          { kind: 'INVOICE_MISSING', orderId, userId },
          { kind: 'INVOICED_TWICE', orderId, userId, invoiceNumber },
        ],
        repair: () => app.store('InvoicedOrders', row),
      };
    },
    'a credit note of an invoice that does not exist': async () => {
      const { creditNote, orderId, userId } = await credited();
      const ofInvoice = { ...(creditNote.ofInvoice as Item), invoiceId: 'I-UNKNOWN' };
      const repair = await plant('Invoices', creditNote, { ofInvoice });
      const invoiceNumber = creditNote.number;
      return { violations: [{ kind: 'CREDIT_NOTE_WRONG', orderId, userId, invoiceNumber }], repair };
    },
    'a credit note whose taxes do not add up to it, and that its order counts otherwise': async () => {
      const { creditNote, orderId, userId } = await credited();
      const repair = await plant('Invoices', creditNote, { total: 1_001 });
      const violation = { kind: 'CREDIT_NOTE_WRONG', orderId, userId, invoiceNumber: creditNote.number };
      return { violations: [violation, violation], repair };
    },
    'credit notes that exceed their invoice': async () => {
      const { invoiceNumber, invoiceId, userId } = await credited();
      const invoice = (await app.stored('Invoices', { invoiceId }))!;
      const repair = await plant('Invoices', invoice, { credited: 3_001 });
      return { violations: [{ kind: 'CREDIT_NOTE_WRONG', invoiceNumber, userId }], repair };
    },
    'a refund without a credit note': async () => {
      const { row, invoiceNumber, userId, orderId } = await credited();
      const repair = await plant('InvoicedOrders', row, { refunded: 1_500 });
      return { violations: [{ kind: 'CREDIT_NOTE_MISSING', invoiceNumber, userId, orderId }], repair };
    },
    'a credit of more than was refunded': async () => {
      const { row, invoiceNumber, userId, orderId } = await credited();
      const repair = await plant('InvoicedOrders', row, { refunded: 900 });
      return { violations: [{ kind: 'CREDIT_NOTE_WRONG', invoiceNumber, userId, orderId }], repair };
    },
    'a credit note whose tax is rounded on its own': async () => {
      const { creditNote, orderId, userId } = await credited(5, [11, 22]);
      expect(creditNote.taxes).toEqual([{ rate: 5, net: 11, tax: 0, gross: 11 }]);
      const repair = await plant('Invoices', creditNote, { taxes: [{ rate: 5, net: 10, tax: 1, gross: 11 }] });
      return { violations: [{ kind: 'CREDIT_NOTE_WRONG', orderId, userId, invoiceNumber: creditNote.number }], repair };
    },
    'a credit note that is gone': async () => {
      const { row, invoiceNumber, userId } = await credited();
      const [credit] = row.credits as Item[];
      const repair = await plant('InvoicedOrders', row, { credits: [{ ...credit, creditNoteId: 'C-GONE' }] });
      const ofNote = {
        kind: 'CREDIT_NOTE_WRONG',
        userId,
        orderId: row.orderId,
        invoiceNumber: expect.any(String) as unknown,
      };
      return { violations: [{ kind: 'CREDIT_NOTE_WRONG', invoiceNumber, userId }, ofNote], repair };
    },
    'a credit note that is gone, but not its neighbours': async () => {
      const { row, invoiceNumber, userId, orderId, creditNote } = await credited(5, [11, 22, 33]);
      const credits = row.credits as Item[];
      const gone = { ...credits[2], creditNoteId: 'C-GONE' };
      const repair = await plant('InvoicedOrders', row, { credits: [...credits.slice(0, 2), gone] });
      return {
        violations: [
          { kind: 'CREDIT_NOTE_WRONG', invoiceNumber, userId },
          { kind: 'CREDIT_NOTE_WRONG', orderId, userId, invoiceNumber: creditNote.number },
        ],
        repair,
      };
    },
    'credits at a tax rate that are not those of the credit notes': async () => {
      const { invoiceNumber, invoiceId, userId } = await credited(5);
      const invoice = (await app.stored('Invoices', { invoiceId }))!;
      expect(invoice.creditedByRate).toEqual([{ taxRate: 5, amount: 1_000 }]);
      const repair = await plant('Invoices', invoice, { creditedByRate: [{ taxRate: 12, amount: 1_000 }] });
      return { violations: [{ kind: 'CREDIT_NOTE_WRONG', invoiceNumber, userId }], repair };
    },
    // The last one, because credit notes take the numbers after it.
    'a number that is missing': async () => {
      const series = (await app.stored('InvoiceSeries', { series: '2026-27/C' }))!;
      const repair = await plant('InvoiceSeries', series, { last: Number(series.last) + 1 });
      return { violations: [{ kind: 'INVOICE_NUMBERS_WRONG', invoiceNumber: '2026-27/C' }], repair };
    },
  };

  it('balance before, with deliveries of months that are closed, and of months that are not', async () => {
    const { violations, checked } = await books();
    expect(violations).toEqual([]);
    expect(checked).toMatchObject({ orders: 5, invoices: 4 });
  });

  it('tolerate a delivery of the last closed month, because it can be recorded too late', async () => {
    const { orderId } = orders.december!;
    const row = (await app.stored('InvoicedOrders', { orderId }))!;
    await app.store('InvoicedOrders', { ...row, month: '2026-11' });
    expect((await books()).violations).toEqual([]);
    await app.store('InvoicedOrders', row);
  });

  it('report the invoice of a month that does not name its orders, and check its credit notes', async () => {
    const { orderId, paymentId = '' } = orders.november!;
    const { invoiceId } = (await app.stored('InvoicedOrders', { orderId }))!;
    const { orders: named, refunds: _, ...invoice } = (await app.stored('Invoices', { invoiceId }))!;
    await app.store('Invoices', invoice);
    await app.get<CreditNotes>(CreditNotes).refund({ orderId, paymentId, refunded: 1_000 });
    expect(await app.stored('Invoices', { invoiceId: `C-${orderId}-1000` })).toMatchObject({ total: 1_000 });
    const { violations, notices } = await books();
    expect(violations).toEqual([]);
    const { number: invoiceNumber, userId } = invoice;
    expect(notices).toMatchObject([{ kind: 'INVOICE_WITHOUT_ORDERS', invoiceNumber, userId }]);
    await app.store('Invoices', { ...(await app.stored('Invoices', { invoiceId })), orders: named });
  });

  describe('with planted mistakes', () => {
    beforeAll(async () => {
      for (const [name, mistake] of Object.entries(mistakes)) planted.set(name, await mistake());
      report = await books();
    });

    it.each(Object.keys(mistakes))('report %s', (name) => {
      for (const violation of planted.get(name)?.violations ?? []) {
        expect(report.violations).toContainEqual({ ...violation, detail: expect.any(String) as unknown });
      }
    });

    it('report nothing else', () => {
      const expected = [...planted.values()].flatMap(({ violations }) => violations);
      expect(report.violations).toHaveLength(expected.length);
    });

    it('balance after all mistakes are fixed', async () => {
      for (const { repair } of [...planted.values()].reverse()) await repair();
      expect((await books()).violations).toEqual([]);
    });
  });
});
