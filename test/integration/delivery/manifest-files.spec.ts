import { orderNumberOf } from '../../../src/kernel/ids';
import { UserService } from '../../../src/modules/user';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { textOfPdf } from '../../support/pdf-text';
import { startDairy } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { aCustomer, ManifestOfCourier, TUESDAY } from './manifest-of-courier';

const PHONE = '+919812345678';
const BYTE_ORDER_MARK = '\uFEFF';

describe('a manifest as a file', () => {
  let app: TestApp;
  let ravi: ManifestOfCourier;
  beforeAll(async () => {
    ({ app } = await startDairy());
  });
  beforeEach(async () => {
    ravi = await ManifestOfCourier.of(app);
  });
  afterAll(() => app.stop());

  it('is CSV with a row for each order, which spreadsheets open as UTF-8', async () => {
    const customer = await aCustomer(app, 'आशा', { phone: PHONE });
    const { orderId } = await ravi.order({ customer, paymentMethod: 'COD' }, { address: '12 Dairy Lane\nPune' });
    const { text, headers } = await ravi.request({ format: 'csv' }).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="manifest-${TUESDAY}-${ravi.courier.userId}-1.csv"`,
    });
    const [columns, ...rows] = text.split('\n');
    expect(columns).toBe(
      `${BYTE_ORDER_MARK}manifest,date,courier,sequence,time,orderNumber,customer,phone,address,items,toCollect,status`,
    );
    const row =
      `1,${TUESDAY},Ravi,1,15:00,${orderNumberOf(orderId)},आशा,'\\${PHONE},` +
      '"12 Dairy Lane, Pune",1 × Product \\w+,30,ASSIGNED';
    expect(rows).toEqual([expect.stringMatching(new RegExp(`^${row}$`)), '']);
  });

  it('is a PDF in the name of the dairy and the language of the courier', async () => {
    await app.as('ADMIN').patch('/admin/dairy', { name: 'Sunrise Dairy' }).expect(200);
    const customer = await aCustomer(app, 'आशा', { phone: PHONE });
    const order = await ravi.order({ customer, paymentMethod: 'COD' });
    await ravi.get();
    const added = await ravi.order({ customer });
    const { body, headers } = await ravi.request({ format: 'pdf' }).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="manifest-${TUESDAY}-${ravi.courier.userId}-2.pdf"`,
    });
    const english = await textOfPdf(body as Buffer);
    for (const part of [
      ...['Sunrise Dairy', 'Route sheet No. 2', 'Ravi', 'Tuesday, 1 December 2026', 'आशा', PHONE, '12 Dairy Lane'],
      ...['15:00', '₹30.00', '1 × Product', orderNumberOf(order.orderId), 'Changes from No. 1 to No. 2'],
      ...[`New: stop 1, आशा, ${orderNumberOf(added.orderId)}`, 'Stops: 1', 'Orders: 2', 'To load', '1 / 1'],
    ]) {
      expect(english).toContain(part);
    }
    await ravi.courier.patch('/user/profile', { language: 'hi' }).expect(200);
    const hindi = await textOfPdf(await ravi.pdf());
    expect(hindi).toContain('मंगलवार');
    expect(hindi).not.toContain('To load');
  });

  it('prints every line of an order that is longer than a page', async () => {
    const { orderId } = await ravi.order();
    const stored = (await app.stored('Orders', { orderId })) ?? {};
    const items = Array.from({ length: 120 }, (_, index) => ({ productId: `P${index}`, name: `No ${index}.`, qty: 3 }));
    await app.store('Orders', { ...stored, items });
    const pdf = await textOfPdf(await ravi.pdf());
    expect(items.filter(({ name }) => !pdf.includes(`3 × ${name}`))).toEqual([]);
  });

  it('says in the PDF that there is nothing to deliver', async () => {
    expect(await textOfPdf(await ravi.pdf())).toContain('Nothing to deliver.');
  });

  it('shows names and addresses that look like code as they are', async () => {
    const address = `=cmd|' /C calc'!A0\r\n{{constructor}} <b>bold</b>\n${'x'.repeat(200)}`;
    const customer = await aCustomer(app, '=SUM(A1) <script>');
    await ravi.order({ customer }, { address });
    expect(await ravi.get()).toMatchObject({ stops: [{ address, customer: { name: '=SUM(A1) <script>' } }] });
    const { text } = await ravi.request({ format: 'csv' }).expect(200);
    expect(text).toContain(",'=SUM(A1) <script>,");
    expect(text).toMatch(/,"'=cmd\|' \/C calc'!A0, \{\{constructor\}\} <b>bold<\/b>, x{200}",/);
    const pdf = await textOfPdf(await ravi.pdf());
    for (const part of ['=SUM(A1) <script>', '{{constructor}}', '<b>bold</b>']) expect(pdf).toContain(part);
    // The long word is broken, so that it stays in its column.
    expect(pdf.replaceAll('\u200B', '')).not.toMatch(/x{50}/);
  });

  it('has an audit entry once it was read', async () => {
    await ravi.order({ paymentMethod: 'COD' });
    const person = { name: 'Bela', email: 'bela@milkround.test' };
    const { userId } = await app.get<UserService>(UserService).create(person, 'ADMIN', 'milk-before-dawn');
    const admin = app.as('ADMIN', userId);
    const missing = { courierId: newUserId(), date: TUESDAY, format: 'csv' };
    await admin.get('/delivery/manifest', missing).expect(404);
    await admin.get('/delivery/manifest', { ...missing, courierId: ravi.courier.userId }).expect(200);
    await app.settled();
    const { body } = await app.as('ADMIN').get('/admin/audit', { actor: userId }).expect(200);
    expect(body).toEqual([
      expect.objectContaining({
        action: 'report.exported',
        details: expect.objectContaining({ courierId: ravi.courier.userId }) as unknown,
      }),
    ]);
  });
});
