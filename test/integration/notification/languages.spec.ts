import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DomainEvent } from '../../../src/events/event-map';
import { newEventId, orderNumberOf } from '../../../src/kernel/ids';
import type { Notification } from '../../../src/modules/notification/domain/notification';
import { NOTIFICATION_QUEUE } from '../../../src/modules/notification/notification.settings';
import { NotificationSubscribers } from '../../../src/modules/notification/notification.subscribers';
import { anOrder } from '../../support/fixtures/orders';
import { publishEvent } from '../../support/fixtures/publish-event';
import { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

describe('the language of messages', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0' });
  });
  afterEach(() => describeDairy({ name: 'Sunrise Dairy', language: 'en', email: null, phone: null }));
  afterAll(() => app.stop());

  const describeDairy = (fields: Record<string, string | null>) =>
    app.as('ADMIN').patch('/admin/dairy', fields).expect(200);
  const speak = ({ userId }: CustomerInbox, language: string | null) =>
    app.as('CUSTOMER', userId).patch('/user/profile', { language }).expect(200);
  const publish = (event: DomainEvent) => publishEvent(app, NotificationSubscribers, event);
  const onItsWay = ({ userId }: CustomerInbox) => {
    const orderId = `O${newEventId()}`;
    const ids = { userId, orderId, deliveryId: `D${orderId}` };
    const event = {
      type: 'delivery.updated',
      ...ids,
      status: 'IN_TRANSIT',
      deliverySlot: '2026-12-01T01:00:00Z',
    } as const;
    return { event, orderId, number: orderNumberOf(orderId) };
  };
  /** Sends a notification as an earlier version has queued it. */
  const sendQueued = async (
    { userId }: CustomerInbox,
    { type, message, data }: Pick<Notification, 'type' | 'message' | 'data'>,
  ) => {
    const { url: QueueUrl } = app.configuration.get(NOTIFICATION_QUEUE);
    const body = { userId, type, message, eventId: newEventId(), data };
    await app.get<SQSClient>(SQSClient).send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
    await app.settled();
  };

  it('is the one that the customer has chosen, in mails and SMS', async () => {
    const asha = await CustomerInbox.register(app, 'Asha');
    await speak(asha, 'hi');
    const first = onItsWay(asha);
    await publish(first.event);
    await speak(asha, 'en');
    const second = onItsWay(asha);
    await publish(second.event);

    expect(await asha.smsMessages()).toEqual([`ऑर्डर ${first.number} रास्ते में है`, `Order ${second.number} is in transit`]);
    const [inHindi] = await asha.mailsAbout(first.orderId);
    expect(inHindi?.subject).toBe(`आपके ऑर्डर ${first.number} की जानकारी`);
    expect(inHindi?.body.text).toContain('नमस्ते Asha जी, आपकी डिलीवरी का समय मंगलवार, 1 दिसंबर, सुबह 6:30 बजे है।');
    expect(inHindi?.body.html).toContain('<html lang="hi"');
    expect(inHindi?.body.html).toContain('नमस्ते Asha जी, आपकी डिलीवरी का समय मंगलवार, 1 दिसंबर, सुबह 6:30 बजे है।');
    const [inEnglish] = await asha.mailsAbout(second.orderId);
    expect(inEnglish?.subject).toBe(`Update on your order ${second.number}`);
    expect(inEnglish?.body.text).toContain('Hello Asha, your delivery is planned for Tuesday 1 December, 6:30 am.');
    expect(inEnglish?.body.html).toContain('<html lang="en"');
  });

  it('is that of the dairy for customers who have chosen none', async () => {
    await describeDairy({ language: 'hi' });
    const ravi = await CustomerInbox.register(app, 'Ravi');
    expect((await ravi.mails(/./)).map(({ subject }) => subject)).toEqual(['Sunrise Dairy में आपका स्वागत है']);
    const { event, number } = onItsWay(ravi);
    await publish(event);
    expect(await ravi.smsMessages()).toEqual([`ऑर्डर ${number} रास्ते में है`]);
  });

  it('does not change what the queue carries', async () => {
    const asha = await CustomerInbox.register(app, 'Asha', { domain: 'refused.milkround.test' });
    await speak(asha, 'hi');
    const { event, number } = onItsWay(asha);
    await publish(event);
    const rows = await app.allStored<{ userId: string; status: string; message?: string }>('NotificationLog');
    const refused = rows.filter(({ userId, status }) => userId === asha.userId && status === 'REFUSED');
    expect(refused.map(({ message }) => message)).toContain(`Order ${number} is in transit`);
  });

  it('is English for a message of an earlier version whose data are not enough', async () => {
    const asha = await CustomerInbox.register(app, 'Asha');
    await speak(asha, 'hi');
    const message = 'Your wallet is down to INR 89.50. Top it up soon.';
    await sendQueued(asha, { type: 'LOW_BALANCE', message, data: { threshold: 'INR 100.00' } });
    expect(await asha.smsMessages()).toEqual([message]);
    const [mail] = await asha.mails(/wallet/);
    expect(mail?.subject).toBe('Your Sunrise Dairy wallet is running low');
    expect(mail?.body.text).toMatch(/^Your wallet is down to INR 89\.50\. Top it up soon\.\n\nHello Asha, your wallet/);
    expect(mail?.body.text).toContain('has fallen below INR 100.00.');
    expect(mail?.body.html).toContain('<html lang="en"');
  });

  it.each([
    [
      'ORDER_CANCELLED',
      'Order X cancelled: as you requested.',
      { amount: 4950, moneyBack: true },
      'has been cancelled.',
    ],
    ['DELIVERY_UPDATE', 'Order X could not be delivered: it spoiled', { status: 'FAILED' }, 'we are sorry'],
    ['REFUND_FAILED', 'Your refund could not reach your card.', { amount: 3000, source: 'card' }, 'use the ₹30 in'],
    ['SUBSCRIPTION_CREATED', 'The first delivery is on 2026-12-05.', { startDate: '2026-12-01' }, 'on Tuesday 1 Dec'],
    ['DELIVERY_UPDATE', 'Order X has been picked up', {}, 'latest status'],
  ] as const)('is English for an earlier %s: %s', async (type, message, data, text) => {
    const asha = await CustomerInbox.register(app, 'Asha');
    await speak(asha, 'hi');
    await sendQueued(asha, { type, message, data: { orderId: `O${newEventId()}`, ...data } });
    const mail = (await asha.mails(/./)).at(-1);
    expect(mail?.body.text.split('\n')[0]).toBe(message);
    expect(mail?.body.text).toContain(text);
    expect(mail?.body.text).not.toMatch(/undefined|\{|[\u0900-\u097f]/);
  });

  it('is that of the customer for a message of an earlier version with enough data', async () => {
    const asha = await CustomerInbox.register(app, 'Asha');
    await speak(asha, 'hi');
    const orderId = `O${newEventId()}`;
    const data = { orderId, amount: 4950, missing: '1 × Ghee', retryUntil: '04:00' };
    await sendQueued(asha, { type: 'ORDER_CONFIRMED', message: 'Order X confirmed', data });
    const skipped = { date: '2026-12-05', reason: 'SHORT_BALANCE', until: '04:00 on that day' };
    await sendQueued(asha, { type: 'DELIVERY_SKIPPED', message: 'No delivery on 2026-12-05', data: skipped });
    const [confirmation] = await asha.mailsAbout(orderId);
    expect(confirmation?.body.text).toMatch(/1 × Ghee।.*04:00 बजे तक/);
    const [skip] = await asha.mails(/5 दिसंबर/);
    expect(skip?.body.text).toMatch(/^शनिवार, 5 दिसंबर को डिलीवरी नहीं होगी: .*उस दिन 04:00 बजे तक पैसे जोड़ दें/);
  });

  it('comes with the name and contact of the dairy', async () => {
    await describeDairy({ name: 'Meadow Milk', email: 'help@meadow.example', phone: '+91 20 2612 3456' });
    const customer = await CustomerInbox.register(app, 'Kim');
    const [welcome] = await customer.mails(/^Welcome to Meadow Milk$/);
    for (const part of [welcome?.body.text, welcome?.body.html]) {
      expect(part).toContain('Meadow Milk, fresh milk at your door');
      expect(part).toContain('Questions? Write to help@meadow.example or call +91 20 2612 3456.');
      expect(part).not.toContain('Milkround');
    }
  });

  it('says what an order contains and when it comes', async () => {
    const customer = await CustomerInbox.register(app, 'Kim');
    const { orderId } = await anOrder(app, { customer: app.as('CUSTOMER', customer.userId) });
    const [mail] = await customer.mailsAbout(orderId);
    expect(mail?.body.text).toMatch(
      /your order for ₹[\d.]+ is confirmed\. We’ll deliver \d+ × [^.]+ on [A-Z][a-z]+day \d+ [A-Z][a-z]+, \d+:\d\d [ap]m\./,
    );
  });

  it('leaves injected HTML, templates and headers without effect', async () => {
    const hostile = '{{token}} {name} <img src=x> {{#each}}';
    await describeDairy({ name: `Dairy ${hostile}` });
    const kim = await CustomerInbox.register(app, `Kim ${hostile}`);
    const data = {
      ...{ orderId: `O${newEventId()}`, amount: 8_400, deliverySlot: '2026-12-01T01:00:00Z' },
      items: [{ qty: 1, name: `Milk ${hostile}\r\nBcc: all@milkround.test\r\n\r\nPay here` }],
    };
    await sendQueued(kim, { type: 'ORDER_CONFIRMED', message: 'Order X confirmed', data });
    await sendQueued(kim, { type: 'LOW_BALANCE', message: `A\r\nBcc: all@milkround.test`, data: {} });
    const mails = await kim.mails(/./);
    expect(mails).toHaveLength(3);
    for (const { subject, body } of mails) {
      expect(subject).not.toMatch(/[\r\n]/);
      expect(body.text).not.toMatch(/^(Bcc|Pay)/m);
      expect(body.text).toContain(`Dairy ${hostile}, fresh milk`);
      expect(body.html).not.toContain('<img');
      expect(body.html).toContain('Dairy {{token}} {name} &lt;img src&#x3D;x&gt; {{#each}}');
    }
    expect(mails[0]?.subject).toBe(`Welcome to Dairy ${hostile}`);
    expect(mails[1]?.body.text).toContain(`Kim ${hostile}, your order for ₹84 is confirmed.`);
    expect(mails[1]?.body.text).toContain(`1 × Milk ${hostile} Bcc: all@milkround.test Pay here on Tuesday`);
    const [sms] = await kim.smsMessages();
    expect(sms).toBe('A Bcc: all@milkround.test');
  });
});
