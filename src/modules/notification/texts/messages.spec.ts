import { LANGUAGES, type Language } from '../../../kernel/language';
import { optionalKindOf } from '../domain/message-kind';
import { type Draft, NOTIFICATION_TYPES, type NotificationType } from '../domain/notification';
import { renderEmail } from '../mail/render-email';
import { headlineOf, type MessageFacts, messageTextsOf } from './message-texts';
import { Wording } from './wording';

const PUNE = { currency: 'INR', country: 'IN', timeZone: 'Asia/Kolkata' };
const SUNRISE = { name: 'Sunrise Dairy', email: 'help@sunrise.example', phone: '+91 20 2612 3456' };
const FACTS: MessageFacts = { dairy: SUNRISE, name: 'Jimmy' };
const TOKEN = { token: 'the-token', api: 'https://api.example' };
const LINK = { ...TOKEN, link: 'https://sunrise.example/password?token=the-token' };
const UNSUBSCRIBE_LINK = 'https://api.example/notification/unsubscribe?token=another-token';

const CURD = { qty: 2, name: 'Curd' };
const GHEE = { qty: 1, name: 'Ghee' };
const order = { orderId: 'O101', amount: 8_400 };
const slot = { deliverySlot: '2026-12-01T01:00:00Z' };
const retryAt = '2026-11-30T22:30:00Z';

/** Examples of every type. */
const EXAMPLES: [string, NotificationType, Draft['data'], Partial<MessageFacts>?][] = [
  ['welcome', 'WELCOME_EMAIL', {}, TOKEN],
  ['welcome with a page', 'WELCOME_EMAIL', {}, LINK],
  ['welcome without a name or token', 'WELCOME_EMAIL', {}, { name: undefined }],
  ['verification', 'EMAIL_VERIFICATION', {}, TOKEN],
  ['verification that is done', 'EMAIL_VERIFICATION', {}],
  ['invitation', 'INVITATION', { resetId: 'R1' }, LINK],
  ['password reset', 'PASSWORD_RESET', { resetId: 'R1' }, TOKEN],
  ['password changed', 'PASSWORD_CHANGED', {}],
  ['password changed, contacts cleared', 'PASSWORD_CHANGED', { contactsCleared: true }],
  ['second factor added', 'SECOND_FACTOR_CHANGED', { isActive: true }],
  ['second factor removed', 'SECOND_FACTOR_CHANGED', { isActive: false }],
  ['order confirmed', 'ORDER_CONFIRMED', { ...order, ...slot, items: [CURD, GHEE] }],
  ['order confirmed, details unknown', 'ORDER_CONFIRMED', order],
  [
    'order confirmed, a part missing',
    'ORDER_CONFIRMED',
    { ...order, ...slot, items: [CURD], missing: [GHEE], retryAt },
  ],
  [
    'order of a day',
    'ORDER_CONFIRMED',
    { ...order, ...slot, date: '2026-12-01', items: [CURD], charged: 8_400, missing: [GHEE], retryAt },
  ],
  [
    'orders of a day, some not coming',
    'ORDER_CONFIRMED',
    {
      ...{ date: '2026-12-01', amount: 12_400, orderIds: ['O101', 'O102'], charged: 8_400, toPay: 4_000 },
      stops: [
        { deliverySlot: '2026-12-01T01:00:00Z', items: [CURD] },
        { deliverySlot: '2026-12-01T11:30:00Z', items: [GHEE, { more: 3 }] },
      ],
      skipped: [
        { reason: 'OUT_OF_STOCK', items: [CURD, GHEE] },
        { reason: 'MISSED', items: [] },
      ],
      skippedRetryAt: retryAt,
    },
  ],
  [
    'orders of a day, changed',
    'ORDER_CONFIRMED',
    { ...order, ...slot, date: '2026-12-01', items: [CURD, GHEE], toPay: 8_400, isUpdate: true },
  ],
  ['order with lines added', 'ORDER_CONFIRMED', { ...order, added: [GHEE] }],
  ['order cancelled', 'ORDER_CANCELLED', { ...order, reason: 'CANCELLED_BY_DAIRY', moneyBack: true }],
  ['order cancelled without a refund', 'ORDER_CANCELLED', { ...order, reason: 'DELIVERY_FAILED', moneyBack: false }],
  ['payment failed', 'PAYMENT_FAILED', { ...order, method: 'CARD' }],
  ['top-up failed', 'PAYMENT_FAILED', { amount: 50_000, method: 'UPI' }],
  ['refund failed', 'REFUND_FAILED', { ...order, method: 'UPI' }],
  ['invoice of a month', 'INVOICE_READY', { invoiceNumber: '2026-27/000123', amount: 195_000 }],
  [
    'credit note',
    'CREDIT_NOTE',
    { ...order, creditNoteNumber: '2026-27/C000007', invoiceNumber: '2026-27/000123', amount: 3_250 },
  ],
  ['delivery on its way', 'DELIVERY_UPDATE', { ...order, ...slot, status: 'IN_TRANSIT' }],
  ['delivered', 'DELIVERY_UPDATE', { ...order, ...slot, status: 'DELIVERED' }],
  ['delivery failed', 'DELIVERY_UPDATE', { ...order, ...slot, status: 'FAILED', reason: 'CUSTOMER_UNAVAILABLE' }],
  ['delivery to a door', 'DELIVERY_UPDATE', { ...order, ...slot, status: 'PICKED_UP', door: 'O100' }],
  ['delivered to a door', 'DELIVERY_UPDATE', { ...order, ...slot, status: 'DELIVERED', door: 'O100' }],
  [
    'delivery to a door failed',
    'DELIVERY_UPDATE',
    { ...order, ...slot, status: 'FAILED', reason: 'VEHICLE', door: 'O100' },
  ],
  ['low balance', 'LOW_BALANCE', { balance: 8_950, threshold: 10_000 }],
  ['balance for one more', 'LOW_BALANCE', { balance: 8_950, threshold: 10_000, deliveries: 1, shortOn: '2026-12-03' }],
  ['balance for none', 'LOW_BALANCE', { balance: 50, threshold: 10_000, deliveries: 0, shortOn: '2026-12-02' }],
  ['subscribed', 'SUBSCRIPTION_CREATED', { startDate: '2026-12-01', nextDeliveryDate: '2026-12-05' }],
  ['paused', 'SUBSCRIPTION_PAUSED', { from: '2026-12-20', to: '2027-01-03' }],
  ['paused until resumed', 'SUBSCRIPTION_PAUSED', { from: '2026-12-20' }],
  ['skipped for lack of money', 'DELIVERY_SKIPPED', { date: '2026-12-01', reason: 'SHORT_BALANCE', retryAt }],
  ['skipped for lack of stock', 'DELIVERY_SKIPPED', { date: '2026-12-01', reason: 'OUT_OF_STOCK', retryAt }],
  [
    'skipped for several reasons',
    'DELIVERY_SKIPPED',
    {
      date: '2026-12-01',
      skipped: [
        { reason: 'SHORT_BALANCE', items: [CURD] },
        { reason: 'PRODUCT_WITHDRAWN', items: [{ qty: 1 }] },
      ],
      skippedRetryAt: retryAt,
    },
  ],
  ['skipped', 'DELIVERY_SKIPPED', { date: '2026-12-01', reason: 'MISSED' }],
];

function write(language: Language, draft: Draft, facts: MessageFacts) {
  const wording = new Wording(language, PUNE);
  const headline = headlineOf(draft, facts, wording) ?? 'no headline';
  const all = { ...facts, ...(optionalKindOf(draft) && { unsubscribeLink: UNSUBSCRIBE_LINK }) };
  return { headline, mail: renderEmail(messageTextsOf(draft, headline, all, wording), language) };
}

const aDraft = (type: NotificationType, data: Draft['data']): Draft => ({ userId: 'U1', type, eventId: 'E1', data });

/** The texts and links of the HTML, as they are escaped in it. One test compares all of it. */
function contentOf(html: string): string {
  const body = html.slice(html.indexOf('<body')).replace(/<!--[^]*?-->/g, '');
  const texts = body.replace(/<a\s+href="([^"]*)"[^>]*>/g, '[$1] ').replace(/<[^>]*>/g, '');
  return texts
    .split('\n')
    .flatMap((line) => line.trim() || [])
    .join('\n');
}

describe.each(LANGUAGES)('messages in %s', (language) => {
  it.each(EXAMPLES)('%s', (...[, type, data, facts]) => {
    const { headline, mail } = write(language, aDraft(type, data), { ...FACTS, ...facts });
    const { subject, text, html } = mail;
    expect(text.startsWith(`${headline}\n`)).toBe(true);
    const content = contentOf(html);
    expect(`Subject: ${subject}\n\n${text}\n--- HTML ---\n${content}`).toMatchSnapshot();
    expect(`${subject}${text}${html}`).not.toMatch(/undefined|\{\{|O101/);
  });

  it('have all of this HTML', () => {
    const { mail } = write(language, aDraft('PASSWORD_RESET', {}), { ...FACTS, ...LINK });
    expect(mail.html).toMatchSnapshot();
  });

  it('say that something went wrong for a reason of a newer version', () => {
    const wrong = language === 'en' ? 'something went wrong' : 'कोई गड़बड़ी हो गई';
    const drafts = [
      aDraft('ORDER_CANCELLED', { ...order, reason: 'NEWER', moneyBack: true }),
      aDraft('DELIVERY_UPDATE', { ...order, status: 'FAILED', reason: 'NEWER' }),
      aDraft('DELIVERY_SKIPPED', { date: '2026-12-01', reason: 'NEWER' }),
    ];
    for (const draft of drafts) {
      const { headline, mail } = write(language, draft, FACTS);
      expect(headline).toContain(wrong);
      expect(mail.html).not.toContain('NEWER');
    }
  });
});

describe('messages', () => {
  it('have an example of every type', () => {
    expect(new Set(EXAMPLES.map(([, type]) => type))).toEqual(new Set(NOTIFICATION_TYPES));
  });

  it.each([
    [{ email: SUNRISE.email }, 'Questions? Write to help@sunrise.example.'],
    [{ phone: SUNRISE.phone }, 'Questions? Call +91 20 2612 3456.'],
    [{}, 'Sunrise Dairy, fresh milk at your door'],
  ])('end with the contact of the dairy: %j', (contact, last) => {
    const dairy = { name: SUNRISE.name, ...contact };
    const { text, html } = write('en', aDraft('ORDER_CONFIRMED', order), { dairy }).mail;
    expect(text.trimEnd().split('\n').at(-1)).toBe(last);
    expect(html).toContain(`>${last}</div>`);
  });

  it('show what people wrote as it is, on one line, and never as a template, HTML or a header', () => {
    const hostile = (who: string) =>
      `${who} {{token}} {{{token}}} {token} {#each} <script>x</script>\r\nBcc: a@b.example`;
    const dairy = { name: hostile('Dairy'), email: hostile('mail'), phone: hostile('call') };
    const data = {
      ...order,
      ...slot,
      items: [{ qty: 1, name: hostile('Milk') }],
      missing: [{ qty: 1, name: hostile('Ghee') }],
    };
    const facts = { dairy, name: hostile('Jimmy'), token: 'SECRET' };
    for (const language of LANGUAGES) {
      for (const type of ['ORDER_CONFIRMED', 'LOW_BALANCE', 'PASSWORD_CHANGED', 'WELCOME_EMAIL'] as const) {
        const { headline, mail } = write(language, aDraft(type, { ...data, balance: 1, threshold: 2 }), facts);
        expect(`${headline}${mail.subject}`).not.toMatch(/[\r\n]/);
        expect(mail.text).not.toMatch(/\r|^Bcc/m);
        expect(mail.html).not.toMatch(/<script|\r|^Bcc/m);
        expect(mail.html).toContain(
          'Dairy {{token}} {{{token}}} {token} {#each} &lt;script&gt;x&lt;/script&gt; Bcc: a@b.example',
        );
        expect(mail.text.split('SECRET')).toHaveLength(2);
      }
    }
    const { text } = write('en', aDraft('ORDER_CONFIRMED', data), facts).mail;
    expect(text).toContain('Hello Jimmy {{token}} {{{token}}} {token} {#each} <script>x</script> Bcc: a@b.example,');
    expect(text).toContain(
      '1 × Milk {{token}} {{{token}}} {token} {#each} <script>x</script> Bcc: a@b.example on Tuesday',
    );
  });
});
