import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEvent } from '../../../src/events/event-map';
import { addMinutes } from '../../../src/kernel/calendar';
import { newEventId, orderNumberOf } from '../../../src/kernel/ids';
import type { Notification } from '../../../src/modules/notification/domain/notification';
import { notificationLogTable } from '../../../src/modules/notification/notification.schema';
import { NOTIFICATION_QUEUE } from '../../../src/modules/notification/notification.settings';
import { NotificationSubscribers } from '../../../src/modules/notification/notification.subscribers';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import { FaultProxy } from '../../support/faults/fault-proxy';
import { publishEvent } from '../../support/fixtures/publish-event';
import { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

describe('notifications', () => {
  let app: TestApp;
  let ses: FaultProxy;
  let mailFailures = 0;
  let jimmy: CustomerInbox;
  beforeAll(async () => {
    ses = await FaultProxy.start(process.env.SES_ENDPOINT ?? '', () =>
      mailFailures-- > 0 ? 'unavailable' : 'answered',
    );
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0', SES_ENDPOINT: ses.url, PUBLIC_URL: 'https://milk.test' });
    jimmy = await CustomerInbox.register(app, '<b>Jimmy</b>');
  });
  afterAll(async () => {
    await app.stop();
    await ses.stop();
  });

  const publish = (event: DomainEvent) => publishEvent(app, NotificationSubscribers, event);
  const anOrder = (orderId: string) => ({ orderId, userId: jimmy.userId, amount: 4950 });
  const aDelivery = (orderId: string) =>
    ({
      type: 'delivery.updated',
      ...{ orderId, userId: jimmy.userId, deliveryId: `D${orderId}`, deliverySlot: '2025-10-15T01:30:00Z' },
    }) as const;
  const aConfirmation = (orderId: string): Notification => ({
    userId: jimmy.userId,
    type: 'ORDER_CONFIRMED',
    message: `Order ${orderNumberOf(orderId)} confirmed`,
    eventId: newEventId(),
    data: { orderId, amount: 4950 },
  });
  const send = (body: unknown) =>
    app.get<SQSClient>(SQSClient).send(
      new SendMessageCommand({
        QueueUrl: app.configuration.get(NOTIFICATION_QUEUE).url,
        MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
  const logged = (eventId: string, channel = 'EMAIL') => app.stored('NotificationLog', { id: `${eventId}#${channel}` });
  const claimed = async ({ eventId }: Notification, leaseUntil: number) => {
    const database = app.get<Database>(Database);
    const row = { id: `${eventId}#EMAIL`, status: 'CLAIMED', attempts: 1, leaseUntil };
    await database.write(put(database.tableName(notificationLogTable), row, {}, () => new Error('no condition')));
  };

  it('mails a welcome without a name that may be more than a name', async () => {
    const [mail, ...more] = await jimmy.mails(/Welcome/);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ subject: 'Welcome to Milkround', from: 'Milkround <milk@milkround.test>' });
    expect(mail?.body.text.split('\n')[0]).toBe('Welcome!');
    expect(JSON.stringify(mail)).not.toContain('Jimmy');
  });

  it('mails a reset token regardless of preferences, and never stores it with a message that failed', async () => {
    const walter = await CustomerInbox.register(app, 'Walter');
    await walter.setPreferences({ email: false, sms: false });
    mailFailures = 4;
    await app.http.post('/user/password/forgot', { email: walter.email }).expect(202);
    await app.settled();
    const stored = JSON.stringify(await app.allStored('NotificationLog'));
    await app.as('ADMIN').post('/admin/notification/retry').expect(200);
    await app.settled();
    const [mail] = await walter.mails(/Reset your/);
    const token = /^([\w-]+\.\d+\.\w+\.[\w-]+)$/m.exec(mail?.body.text ?? '')?.[1];
    expect(mail?.body.text).toContain('https://milk.test/user/password/reset');
    expect(mail?.body.html).toContain(`>${token}</div>`);
    expect(stored).toContain('PASSWORD_RESET');
    expect(stored).not.toContain(token);
    const { ok } = await app.http.post('/user/password/reset', { token, newPassword: 'another good long one' });
    expect(ok).toBe(true);
  });

  it('mails that an order is confirmed', async () => {
    await publish({ type: 'order.confirmed', ...anOrder('O101') });
    const mails = await jimmy.mailsAbout('O101');
    expect(mails).toMatchObject([{ subject: `Order ${orderNumberOf('O101')} confirmed` }]);
    const [firstLine, , paragraph] = mails[0]?.body.text.split('\n') ?? [];
    expect(firstLine).toBe(`Order ${orderNumberOf('O101')} confirmed`);
    expect(paragraph).toMatch(/^Hello <b>Jimmy<\/b>, your order for ₹49\.50 is/);
    expect(mails[0]?.body.html).toContain('Hello &lt;b&gt;Jimmy&lt;/b&gt;, your order for ₹49.50 is confirmed.');
    expect(await jimmy.smsMessages()).toEqual([]);
  });

  it.each([
    ['CANCELLED_BY_CUSTOMER', true, 'as you requested. Anything you paid will be refunded.'],
    ['PAYMENT_WINDOW_EXPIRED', true, 'it was not paid in time. Anything you paid will be refunded.'],
    ['DELIVERY_FAILED', false, 'it could not be delivered. What you paid will not be refunded.'],
    ['REASON_OF_A_NEWER_VERSION' as never, true, 'something went wrong. Anything you paid will be refunded.'],
  ] as const)('mails that an order is cancelled: %s', async (reason, moneyBack, text) => {
    const orderId = `O2${newEventId()}`;
    await publish({ type: 'order.cancelled', ...anOrder(orderId), reason, moneyBack });
    const [mail] = await jimmy.mailsAbout(orderId);
    expect(mail?.body.text.split('\n')[0]).toBe(`Order ${orderNumberOf(orderId)} cancelled: ${text}`);
    expect(mail?.body.html).not.toContain(reason);
  });

  it('mails that a payment failed, except for cash', async () => {
    const payment = { type: 'payment.failed', paymentId: 'PAY1', reason: 'DECLINED' } as const;
    await publish({ ...payment, ...anOrder('O301'), method: 'CARD' });
    await publish({ ...payment, ...anOrder('O302'), method: 'COD' });
    expect(await jimmy.mailsAbout('O301')).toMatchObject([
      { subject: `Payment for order ${orderNumberOf('O301')} failed` },
    ]);
    expect(await jimmy.mailsAbout('O302')).toEqual([]);
  });

  it.each([
    ['CARD', 'card'],
    ['UPI', 'bank account'],
  ])('mails that the refund of a %s payment is in the wallet', async (method, source) => {
    const before = (await jimmy.mails(/refund/)).length;
    const refund = { type: 'payment.refund_failed', paymentId: 'PAY3', method, credited: 3_000 } as const;
    await publish({ ...refund, ...anOrder('O303') });
    const mails = await jimmy.mails(/refund/);
    expect(mails.slice(before)).toMatchObject([{ subject: 'Your refund is in your wallet' }]);
    expect(mails[before]?.body.text.split('\n')[0]).toBe(
      `Your refund of ₹30 could not reach your ${source}, so it is in your wallet.`,
    );
  });

  it('mails that a top-up failed, without mentioning an order', async () => {
    const before = (await jimmy.mails(/top-up/)).length;
    const payment = { type: 'payment.failed', paymentId: 'PAY2', reason: 'DECLINED', method: 'UPI' } as const;
    await publish({ ...payment, userId: jimmy.userId, amount: 50_000 });
    const mails = await jimmy.mails(/top-up/);
    expect(mails.slice(before)).toMatchObject([{ subject: 'Your wallet top-up failed' }]);
    expect(mails[before]?.body.text).toMatch(/^Your wallet top-up failed\n/);
    expect(mails[before]?.body.text).toContain('₹500 did not go through');
    expect(mails[before]?.body.text).not.toContain('order');
  });

  it('warns of a low balance by mail and SMS, with the balance', async () => {
    const before = (await jimmy.smsMessages()).length;
    await publish({ type: 'wallet.balance_low', userId: jimmy.userId, balance: 8950, lowBalanceThreshold: 10_000 });
    const text = 'Your wallet is down to ₹89.50. Top it up soon.';
    expect((await jimmy.smsMessages()).slice(before)).toEqual([text.replace('₹', 'Rs ')]);
    const [mail] = await jimmy.mails(/running low/);
    expect(mail?.body.text.split('\n')[0]).toBe(text);
    expect(mail?.body.text).toContain('has fallen below ₹100');
  });

  it('reports delivery updates by mail and SMS', async () => {
    const before = await jimmy.smsMessages();
    await publish({ ...aDelivery('O401'), status: 'PICKED_UP' });
    await publish({ ...aDelivery('O401'), status: 'IN_TRANSIT' });
    await publish({ ...aDelivery('O401'), status: 'DELIVERED' });
    await publish({ ...aDelivery('O402'), status: 'FAILED', reason: 'CUSTOMER_UNAVAILABLE' });
    await publish({ ...aDelivery('O403'), status: 'FAILED', reason: 'ORDER_CANCELLED' });
    expect((await jimmy.smsMessages()).slice(before.length)).toEqual([
      `Order ${orderNumberOf('O401')} has been picked up`,
      `Order ${orderNumberOf('O401')} is in transit`,
      `Order ${orderNumberOf('O401')} has been delivered`,
      `Order ${orderNumberOf('O402')} could not be delivered: no one was there to receive it`,
    ]);
    const mails = [await jimmy.mailsAbout('O401'), await jimmy.mailsAbout('O402'), await jimmy.mailsAbout('O403')];
    expect(mails.map(({ length }) => length)).toEqual([3, 1, 0]);
  });

  it('leaves out steps that a phone reports more than 15 minutes later, but never the end', async () => {
    const before = await jimmy.smsMessages();
    const happened = (minutes: number) => ({ happenedAt: addMinutes(app.clock.now(), -minutes) });
    await publish({ ...aDelivery('O411'), status: 'PICKED_UP', ...happened(40) });
    await publish({ ...aDelivery('O411'), status: 'IN_TRANSIT', ...happened(10) });
    await publish({ ...aDelivery('O411'), status: 'DELIVERED', ...happened(40) });
    await publish({ ...aDelivery('O412'), status: 'FAILED', reason: 'REFUSED', ...happened(40) });
    expect((await jimmy.smsMessages()).slice(before.length)).toEqual([
      `Order ${orderNumberOf('O411')} is in transit`,
      `Order ${orderNumberOf('O411')} has been delivered`,
      expect.stringContaining(`Order ${orderNumberOf('O412')} could not be delivered`),
    ]);
  });

  it('mails that a subscription starts and that it is paused', async () => {
    const about = { subscriptionId: `S07${newEventId()}`, userId: jimmy.userId };
    const dates = { startDate: '2026-12-01', nextDeliveryDate: '2026-12-05' };
    await publish({ type: 'subscription.created', ...about, ...dates });
    await publish({ type: 'subscription.paused', ...about, from: '2026-12-20', to: '2027-01-03' });
    const another = { ...about, subscriptionId: `S07${newEventId()}` };
    await publish({ type: 'subscription.paused', ...another, from: '2027-02-01' });
    const mails = await jimmy.mails(/^Your subscription/);
    expect(mails.map(({ subject, body }) => [subject, body.text.split('\n')[0]])).toEqual([
      ['Your subscription is set up', 'Your subscription is set up. The first delivery is on Saturday 5 December.'],
      ['Your subscription is paused', 'Your subscription is paused from Sunday 20 December until Sunday 3 January'],
      ['Your subscription is paused', 'Your subscription is paused from Monday 1 February until you resume it'],
    ]);
    expect(mails[0]?.body.text).toContain('your subscription begins on Tuesday 1 December.');
    expect(mails[1]?.body.text).toContain('They resume automatically after Sunday 3 January.');
    expect(mails[2]?.body.html).toContain('Resume your subscription when you want them again.');
    expect(await jimmy.smsMessages()).not.toContainEqual(expect.stringMatching(/subscription/));
  });

  it('mails why a date has no delivery, and until when a top-up still helps', async () => {
    const subscriptionId = `S07${newEventId()}`;
    const about = { type: 'subscription.occurrence_skipped', subscriptionId, userId: jimmy.userId } as const;
    const retryAt = '2026-12-04T22:30:00Z';
    await publish({ ...about, date: '2026-12-05', reason: 'SHORT_BALANCE', retryAt });
    await publish({ ...about, date: '2026-12-06', reason: 'SHORT_BALANCE' });
    await publish({ ...about, date: '2026-12-07', reason: 'OUT_OF_STOCK' });
    const mails = await jimmy.mails(/^No delivery on/);
    expect(mails.map(({ subject, body }) => [subject, body.text.split('\n')[0]])).toEqual([
      [
        'No delivery on Saturday 5 December',
        'No delivery on Saturday 5 December: your wallet balance is too low. ' +
          'Top it up by 4:00 am on that day and we will still deliver.',
      ],
      ['No delivery on Sunday 6 December', 'No delivery on Sunday 6 December: your wallet balance is too low.'],
      ['No delivery on Monday 7 December', 'No delivery on Monday 7 December: what you ordered is sold out.'],
    ]);
    expect(mails[0]?.body.text).toContain('check again at 4:00 am on that day');
    expect(mails[1]?.body.text).not.toContain('check again');
  });

  it('shows customers order numbers, and never an internal id', async () => {
    const kim = await CustomerInbox.register(app, 'Kim');
    const { userId } = kim;
    const [orderId, subscriptionId] = [`O${newEventId()}`, `S07F2C41D90AA${newEventId()}`];
    const ids = { userId, orderId, deliveryId: `D${newEventId()}`, paymentId: `PAY${newEventId()}`, subscriptionId };
    const order = { userId, orderId, amount: 4950 };
    const delivery = { userId, orderId, deliveryId: ids.deliveryId, deliverySlot: '2025-10-15T01:30:00Z' };
    const about = { userId, subscriptionId };
    for (const event of [
      { type: 'order.confirmed', ...order },
      { type: 'order.cancelled', ...order, reason: 'CANCELLED_BY_DAIRY', moneyBack: true },
      { type: 'payment.failed', ...order, paymentId: ids.paymentId, reason: 'DECLINED', method: 'CARD' },
      { type: 'delivery.updated', ...delivery, status: 'IN_TRANSIT' },
      { type: 'delivery.updated', ...delivery, status: 'FAILED', reason: 'DAMAGED' },
      { type: 'subscription.created', ...about, startDate: '2026-12-01', nextDeliveryDate: '2026-12-01' },
      { type: 'subscription.paused', ...about, from: '2026-12-20' },
      { type: 'subscription.occurrence_skipped', ...about, date: '2026-12-05', reason: 'OUT_OF_STOCK' },
      { type: 'wallet.balance_low', userId, balance: 8950, lowBalanceThreshold: 10_000 },
    ] satisfies DomainEvent[]) {
      await publish(event);
    }
    const mails = await kim.mails(/./);
    expect(mails).toHaveLength(10);
    const everything = JSON.stringify([mails, await kim.smsMessages()]);
    for (const id of Object.values(ids)) expect(everything).not.toContain(id);
    expect(everything).toContain(orderNumberOf(orderId));
  });

  it('respects the notification preferences of a customer', async () => {
    const quiet = await CustomerInbox.register(app, 'Quiet');
    await quiet.setPreferences({ email: false, sms: true });
    await publish({ ...aDelivery('O501'), userId: quiet.userId, status: 'IN_TRANSIT' });
    await quiet.setPreferences({ email: true, sms: false });
    await publish({ ...aDelivery('O502'), userId: quiet.userId, status: 'IN_TRANSIT' });
    expect(await quiet.smsMessages()).toEqual([`Order ${orderNumberOf('O501')} is in transit`]);
    expect((await quiet.mails(/order/)).map(({ subject }) => subject)).toEqual([
      `Update on your order ${orderNumberOf('O502')}`,
    ]);
  });

  it('sends what is essential although the customer has turned off everything', async () => {
    const silent = await CustomerInbox.register(app, 'Silent');
    const off = { email: false, sms: false };
    await app
      .as('CUSTOMER', silent.userId)
      .patch('/user/profile', { notifications: { ...off, kinds: { deliveryProgress: off, dailyConfirmations: off } } })
      .expect(200);
    const { userId } = silent;
    const about = { ...aDelivery('O503'), userId };
    const day = { type: 'subscription.day_decided', userId, date: '2026-12-01', isUpdate: false } as const;
    const order = { orderId: 'O504', amount: 100, method: 'WALLET', deliverySlot: about.deliverySlot } as const;
    const items = [{ productId: 'P1', qty: 1, name: 'Milk' }];
    await publish({ ...about, status: 'DELIVERED' });
    await publish({ ...day, orders: [{ ...order, items, missing: [] }], skipped: [] });
    expect(await silent.mails(/order|delivery/i)).toEqual([]);
    await publish({ ...about, status: 'FAILED', reason: 'VEHICLE' });
    await publish({ ...day, orders: [{ ...order, items, missing: items }], skipped: [] });
    await publish({
      type: 'payment.failed',
      paymentId: 'PAY5',
      reason: 'DECLINED',
      ...anOrder('O503'),
      userId,
      method: 'UPI',
    });
    expect((await silent.mails(/order|delivery/i)).map(({ subject }) => subject)).toEqual([
      `Update on your order ${orderNumberOf('O503')}`,
      'Your delivery on Tuesday 1 December is confirmed',
      `Payment for order ${orderNumberOf('O503')} failed`,
    ]);
    expect(await silent.smsMessages()).toEqual([]);
  });

  it('sends one mail when its message is delivered twice', async () => {
    const notification = aConfirmation('O601');
    await send(notification);
    await app.settled();
    await Promise.all([send(notification), send(notification)]);
    await app.settled();
    expect(await jimmy.mailsAbout('O601')).toHaveLength(1);
    const row = await logged(notification.eventId);
    expect(row).toMatchObject({ status: 'SENT', attempts: 1, providerId: expect.stringMatching(/./) });
    expect(JSON.stringify(row)).not.toContain(jimmy.email);
  });

  it('sends one mail after two provider failures, without repeating the SMS', async () => {
    const before = await jimmy.smsMessages();
    mailFailures = 2;
    await publish({ ...aDelivery('O701'), status: 'IN_TRANSIT' });
    expect(await jimmy.mailsAbout('O701')).toHaveLength(1);
    expect((await jimmy.smsMessages()).slice(before.length)).toEqual([`Order ${orderNumberOf('O701')} is in transit`]);
  });

  it('gives up after four attempts, and records the reason', async () => {
    const notification = aConfirmation('O801');
    mailFailures = 4;
    await send(notification);
    await app.settled();
    expect(await jimmy.mailsAbout('O801')).toEqual([]);
    expect(await logged(notification.eventId)).toMatchObject({
      status: 'DEAD',
      attempts: 4,
      failure: expect.stringMatching(/./),
    });
  });

  it('sends a mail whose sender crashed after claiming it', async () => {
    const notification = aConfirmation('O901');
    await claimed(notification, app.clock.realNow() - 1);
    await send(notification);
    await app.settled();
    expect(await jimmy.mailsAbout('O901')).toHaveLength(1);
    expect(await logged(notification.eventId)).toMatchObject({ status: 'SENT', attempts: 2 });
  });

  it('does not send a mail that another worker has claimed', async () => {
    const notification = aConfirmation('O902');
    await claimed(notification, app.clock.realNow() + 60_000);
    await send(notification);
    await app.settled();
    expect(await jimmy.mailsAbout('O902')).toEqual([]);
    expect(await deadLetters(1)).toEqual([JSON.stringify(notification)]);
  });

  it('moves poison messages to the dead-letter queue, and handles the others', async () => {
    const notification = aConfirmation('O903');
    const poison = ['hello', '{}', JSON.stringify({ ...notification, type: 7 })];
    for (const body of [...poison, notification]) await send(body);
    await app.settled();
    expect(await jimmy.mailsAbout('O903')).toHaveLength(1);
    expect((await deadLetters(3)).sort()).toEqual(poison.sort());
  });

  /** Receives dead letters, deletes them, and returns their bodies. */
  async function deadLetters(count: number): Promise<string[]> {
    const sqs = app.get<SQSClient>(SQSClient);
    const queue = { QueueUrl: `${app.configuration.get(NOTIFICATION_QUEUE).url}-dead` };
    const bodies: string[] = [];
    for (let attempt = 0; attempt < 100 && bodies.length < count; attempt++, await sleep(50)) {
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ ...queue, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
      );
      bodies.push(...messages.map(({ Body: body }) => body ?? ''));
    }
    await sqs.send(new PurgeQueueCommand(queue));
    return bodies;
  }
});
