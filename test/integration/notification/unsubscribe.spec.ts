import { newEventId } from '../../../src/kernel/ids';
import type { Draft } from '../../../src/modules/notification/domain/notification';
import { NotificationService } from '../../../src/modules/notification/notification.service';
import { UnsubscribeTokens } from '../../../src/modules/notification/unsubscribe/unsubscribe-tokens.service';
import { OPTIONAL_KINDS } from '../../../src/modules/user';
import { TestApp } from '../../support/test-app';
import { CustomerInbox, type Mail } from './customer-inbox';

const PATH = '/notification/unsubscribe';
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const FORM = 'application/x-www-form-urlencoded';

describe('unsubscribing from mails', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ PUBLIC_URL: 'https://milk.test' })));
  afterAll(() => app.stop());

  const publish = async ({ userId }: CustomerInbox, draft: Pick<Draft, 'type' | 'data'>) => {
    await app.get<NotificationService>(NotificationService).publish({ userId, eventId: newEventId(), ...draft });
    await app.settled();
  };
  const invoice = { type: 'INVOICE_READY' as const, data: { invoiceNumber: '1', amount: 100 } };
  const lowBalance = { type: 'LOW_BALANCE' as const, data: { balance: 50, threshold: 10_000 } };
  const headersOf = ({ headers = [] }: Mail) => Object.fromEntries(headers.map(({ name, value }) => [name, value]));
  /** The token in the header of an invoice mail. */
  const tokenOf = async (inbox: CustomerInbox) => {
    await publish(inbox, invoice);
    const mail = (await inbox.mails(/invoice/)).at(-1);
    const [, url = ''] = /^<(.*)>$/.exec(headersOf(mail as Mail)['List-Unsubscribe'] ?? '') ?? [];
    return new URL(url).searchParams.get('token') ?? '';
  };
  const postForm = (token: string, body = ONE_CLICK, type = FORM) =>
    app.http.post(`${PATH}?token=${encodeURIComponent(token)}`, body).type(type);
  const emailsOn = async ({ userId }: CustomerInbox) => {
    const { body } = await app.as('CUSTOMER', userId).get('/user/profile').expect(200);
    const { kinds } = (body as { notifications: { kinds: Record<string, { email: boolean }> } }).notifications;
    return OPTIONAL_KINDS.filter((kind) => kinds[kind]?.email);
  };
  const updatesOf = async ({ userId }: CustomerInbox) => {
    const { body } = await app.as('CUSTOMER', userId).get('/user/profile').expect(200);
    return (body as { version: number }).version;
  };

  it('is offered by optional mails, in headers and by a link, and by no other mail', async () => {
    const inbox = await CustomerInbox.register(app);
    await publish(inbox, invoice);
    await publish(inbox, { type: 'PAYMENT_FAILED', data: { orderId: 'O1', amount: 100 } });
    const [optional, essential] = [(await inbox.mails(/invoice/))[0], (await inbox.mails(/Payment/))[0]];
    const { 'List-Unsubscribe': header = '', 'List-Unsubscribe-Post': post } = headersOf(optional as Mail);
    expect(header).toMatch(/^<https:\/\/milk\.test\/notification\/unsubscribe\?token=[\w.-]+>$/);
    expect(post).toBe(ONE_CLICK);
    const link = header.slice(1, -1);
    expect(optional?.body.text).toContain(`Stop e-mails about new invoices: ${link}\n`);
    expect(optional?.body.html).toContain(`href="${link.replaceAll('=', '&#x3D;')}"`);
    expect(JSON.stringify(optional)).not.toContain(inbox.userId);
    expect(JSON.stringify(headersOf(essential as Mail))).not.toContain('Unsubscribe');
    expect(essential?.body.text).not.toContain(PATH);
    const [welcome] = await inbox.mails(/Welcome/);
    expect(JSON.stringify(welcome)).not.toMatch(/unsubscribe/i);
  });

  it('takes one click of a mail program, without a sign-in, and stops only mails of that kind', async () => {
    const inbox = await CustomerInbox.register(app);
    const { text, headers } = await postForm(await tokenOf(inbox)).expect(200);
    expect(text).toContain('You won’t get e-mails about new invoices any more.');
    expect(headers['cache-control']).toBe('no-store');
    expect(await emailsOn(inbox)).toEqual(OPTIONAL_KINDS.filter((kind) => kind !== 'invoices'));
    const before = (await inbox.mails(/invoice/)).length;
    await publish(inbox, invoice);
    await publish(inbox, lowBalance);
    expect(await inbox.mails(/invoice/)).toHaveLength(before);
    expect(await inbox.mails(/running low/)).toHaveLength(1);
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it('has no effect the second time, and can be undone in the profile', async () => {
    const inbox = await CustomerInbox.register(app);
    const token = await tokenOf(inbox);
    const version = await updatesOf(inbox);
    await Promise.all([postForm(token).expect(200), postForm(token).expect(200), postForm(token).expect(200)]);
    expect(await updatesOf(inbox)).toBe(version + 1);
    const notifications = { kinds: { invoices: { email: true } } };
    await app.as('CUSTOMER', inbox.userId).patch('/user/profile', { notifications }).expect(200);
    expect(await emailsOn(inbox)).toEqual([...OPTIONAL_KINDS]);
  });

  it('accepts the body of any mail program, but no large one', async () => {
    const token = await tokenOf(await CustomerInbox.register(app));
    const multipart = `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;
    await postForm(token, multipart, 'multipart/form-data; boundary=b').expect(200);
    await app.http.post(`${PATH}?token=${token}`).expect(200);
    expect((await postForm(token, 'x'.repeat(1_025)).expect(413)).body.code).toBe('request.too_large');
  });

  it('leaves forms refused by other routes', async () => {
    for (const path of ['/user/login', '/user/verify', '/cart/add']) {
      const { body } = await app.as('CUSTOMER').post(path, 'token=x').type(FORM).expect(400);
      expect(body).toMatchObject({
        code: 'request.invalid',
        errors: [{ message: 'send Content-Type: application/json' }],
      });
    }
  });

  it('shows a page that asks first and changes nothing, because mail scanners open links', async () => {
    const inbox = await CustomerInbox.register(app);
    const token = await tokenOf(inbox);
    await app.as('CUSTOMER', inbox.userId).patch('/user/profile', { language: 'hi' }).expect(200);
    const { text, headers } = await app.http.get(PATH, { token }).expect(200);
    await app.http.head(`${PATH}?token=${token}`).expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; form-action 'self';/);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(text).toContain('<html lang="hi">');
    expect(text).toContain('<form method="post"><button type="submit">ये ई-मेल बंद करें</button></form>');
    expect(text).not.toContain('<script');
    expect(await emailsOn(inbox)).toEqual([...OPTIONAL_KINDS]);
  });

  it('refuses a token that it has not signed, or for something else', async () => {
    const [inbox, other] = [await CustomerInbox.register(app), await CustomerInbox.register(app)];
    const [user = '', channel = '', , signature = ''] = (await tokenOf(inbox)).split('.');
    const encoded = Buffer.from(other.userId).toString('base64url');
    const stranger = app.get<UnsubscribeTokens>(UnsubscribeTokens).tokenFor({ userId: 'U-UNKNOWN', kind: 'invoices' });
    for (const token of [
      `${encoded}.${channel}.invoices.${signature}`,
      `${user}.${channel}.lowBalance.${signature}`,
      `${user}.sms.invoices.${signature}`,
      `${user}.${channel}.constructor.${signature}`,
      `${user}.${channel}.invoices.${signature.slice(0, -1)}é`,
      `${user}.${channel}.invoices.${'A'.repeat(43)}`,
      `${user}.${channel}.invoices.`,
      'x\r\nX-Injected: 1',
      stranger,
    ]) {
      for (const request of [postForm(token), app.http.get(PATH, { token })]) {
        const { body, headers } = await request.expect(400);
        expect(['notification.invalid_unsubscribe_token', 'request.invalid']).toContain(
          (body as { code: string }).code,
        );
        expect(headers['content-type']).toContain('application/problem+json');
      }
    }
    await app.http.post(PATH).expect(400);
    await app.http.post(`${PATH}?token=a&token=b`).expect(400);
    await app.http.post(`${PATH}?constructor=a`).expect(400);
    expect(await emailsOn(inbox)).toEqual([...OPTIONAL_KINDS]);
    expect(await emailsOn(other)).toEqual([...OPTIONAL_KINDS]);
  });

  it('is limited like other public routes', async () => {
    const limited = await TestApp.start({ RATE_LIMITS: 'on' });
    try {
      for (let count = 0; count < 60; count++) await limited.http.post(`${PATH}?token=x`).expect(400);
      await limited.http.post(`${PATH}?token=x`).expect(429);
    } finally {
      await limited.stop();
    }
  });
});
