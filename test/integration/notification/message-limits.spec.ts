import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { randomInt } from 'node:crypto';
import type { DomainEvent } from '../../../src/events/event-map';
import { newEventId, orderNumberOf } from '../../../src/kernel/ids';
import type { Notification, NotificationType } from '../../../src/modules/notification/domain/notification';
import { MessageBudgetRepository } from '../../../src/modules/notification/message-budget.repository';
import { NOTIFICATION_QUEUE } from '../../../src/modules/notification/notification.settings';
import { NotificationSubscribers } from '../../../src/modules/notification/notification.subscribers';
import { FaultProxy } from '../../support/faults/fault-proxy';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { publishEvent } from '../../support/fixtures/publish-event';
import { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

const EVENING = '2026-12-01T15:30:00Z';
const NEXT_HOUR = '2026-12-01T16:30:00Z';
const MORNING = '2026-12-02T00:30:00Z';

describe('the messages that a recipient gets', () => {
  let app: TestApp;
  let ses: FaultProxy;
  let mailFailures = 0;
  const clock = new FixedBusinessClock(EVENING);
  beforeAll(async () => {
    ses = await FaultProxy.start(process.env.SES_ENDPOINT ?? '', () =>
      mailFailures-- > 0 ? 'unavailable' : 'answered',
    );
    app = await TestApp.start({ RATE_LIMITS: 'on', QUEUE_RETRY_SECONDS: '0', SES_ENDPOINT: ses.url }, { clock });
  });
  beforeEach(() => {
    clock.set(EVENING);
    mailFailures = 0;
  });
  afterAll(async () => {
    await app.stop();
    await ses.stop();
  });

  const register = (verified: boolean) => CustomerInbox.register(app, 'Limited', { verified });
  const publish = (event: DomainEvent) => publishEvent(app, NotificationSubscribers, event);
  const aMessage = (
    { userId }: CustomerInbox,
    type: NotificationType = 'ORDER_CONFIRMED',
    data: Notification['data'] = { orderId: `O${newEventId()}`, amount: 4950 },
  ): Notification => ({ userId, type, message: 'A message', eventId: newEventId(), data });
  const messages = (count: number, make: () => Notification) => Array.from({ length: count }, make);
  /** Sends notifications through the queue, which the worker takes several at a time. */
  const send = async (notifications: readonly Notification[]) => {
    const { url: QueueUrl } = app.configuration.get(NOTIFICATION_QUEUE);
    const sqs = app.get<SQSClient>(SQSClient);
    await Promise.all(
      notifications.map((each) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(each) }))),
    );
    await app.settled();
  };
  const logged = ({ eventId }: Notification, channel = 'EMAIL') =>
    app.stored('NotificationLog', { id: `${eventId}#${channel}` });
  const statusesOf = async (notifications: readonly Notification[], channel = 'EMAIL') => {
    const rows = await Promise.all(notifications.map((notification) => logged(notification, channel)));
    return rows.map((row) => [row?.status, row?.failure].filter(Boolean).join(' '));
  };
  const countOf = (status: string, statuses: readonly string[]) => statuses.filter((one) => one === status).length;
  const deadLetterCount = async () => {
    const { Attributes: attributes } = await app.get<SQSClient>(SQSClient).send(
      new GetQueueAttributesCommand({
        QueueUrl: `${app.configuration.get(NOTIFICATION_QUEUE).url}-dead`,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return Number(attributes?.ApproximateNumberOfMessages);
  };

  describe('before the e-mail is verified', () => {
    it('are all but those about failed top-ups', async () => {
      const customer = await register(false);
      const { userId } = customer;
      const order = { userId, orderId: `O${newEventId()}`, amount: 4950 };
      const subscription = { userId, subscriptionId: `S07${newEventId()}` };
      const payment = { type: 'payment.failed', userId, amount: 4950, method: 'CARD', reason: 'DECLINED' } as const;
      await publish({ type: 'order.confirmed', ...order });
      await publish({ type: 'wallet.balance_low', userId, balance: 8950, lowBalanceThreshold: 10_000 });
      await publish({ type: 'subscription.paused', ...subscription, from: '2026-12-20' });
      await publish({ ...payment, paymentId: 'PAY1' });
      await publish({ ...payment, paymentId: 'PAY2', orderId: order.orderId });
      const subjects = (await customer.mails(/./)).map(({ subject }) => subject);
      const number = orderNumberOf(order.orderId);
      expect(subjects.sort()).toEqual([
        `Order ${number} confirmed`,
        `Payment for order ${number} failed`,
        'Welcome to Milkround',
        'Your Milkround wallet is running low',
        'Your subscription is paused',
      ]);
      const log = await app.allStored<{ userId: string; type: string; status: string; failure?: string }>(
        'NotificationLog',
      );
      const suppressed = log.filter((row) => row.userId === userId && row.status === 'SUPPRESSED');
      expect(suppressed.map(({ type, failure }) => `${type} ${failure}`)).toEqual(['PAYMENT_FAILED UNVERIFIED']);
      expect(await deadLetterCount()).toBe(0);
    });

    it('are at most twenty an hour and forty a day', async () => {
      const customer = await register(false);
      const [first, second, third, nextDay] = Array.from({ length: 4 }, () => messages(30, () => aMessage(customer)));
      const sendAt = async (at: string, batch: readonly Notification[] = []) => {
        clock.set(at);
        await send(batch);
        return statusesOf(batch);
      };
      const inFirst = await sendAt(EVENING, first);
      expect([countOf('SENT', inFirst), countOf('SUPPRESSED TOO_MANY', inFirst)]).toEqual([20, 10]);
      expect(countOf('SENT', await sendAt(NEXT_HOUR, second))).toBe(20);
      expect(countOf('SENT', await sendAt('2026-12-01T17:30:00Z', third))).toBe(0);
      expect(countOf('SENT', await sendAt(MORNING, nextDay))).toBe(20);
      expect(await customer.mails(/Order/)).toHaveLength(60);
    });

    it('count once when they are delivered twice', async () => {
      const customer = await register(false);
      const [first, ...others] = messages(21, () => aMessage(customer)) as [Notification, ...Notification[]];
      await send([first]);
      await send([first, first, first]);
      await send(others.slice(0, 19));
      expect(countOf('SENT', await statusesOf([first, ...others]))).toBe(20);
      await send(others.slice(19));
      expect((await statusesOf(others)).at(-1)).toBe('SUPPRESSED TOO_MANY');
      await send(others.slice(19));
      expect(await customer.mails(/Order/)).toHaveLength(20);
      expect(await deadLetterCount()).toBe(0);
    });
  });

  it('count in the hour of the first attempt, so that a retry neither counts again nor is suppressed', async () => {
    const customer = await register(false);
    const retried = aMessage(customer);
    mailFailures = 4;
    await send([retried]);
    await send(messages(7, () => aMessage(customer)));
    clock.set(NEXT_HOUR);
    await send(messages(8, () => aMessage(customer)));
    expect((await statusesOf([retried]))[0]).toMatch(/^DEAD/);
    await send([retried]);
    expect(await logged(retried)).toMatchObject({ status: 'SENT', claimedAt: EVENING });
  });

  it('do not include passwords and invitations, which arrive after any number of others', async () => {
    const customer = await register(false);
    await send(messages(25, () => aMessage(customer)));
    await app.http.post('/user/password/forgot', { email: customer.email }).expect(202);
    await app.settled();
    const mails = await customer.mails(/Reset/);
    const token = /^([\w-]+\.\d+\.\w{26}\.[\w-]+)$/m.exec(mails[0]?.body.text ?? '')?.[1];
    await app.http.post('/user/password/reset', { token, newPassword: 'another one' }).expect(204);
    await app.settled();
    expect(await customer.mails(/password was changed/)).toHaveLength(1);
  });

  it('include five mails an hour about changed passwords and verification, each', async () => {
    const customer = await register(true);
    for (const type of ['PASSWORD_CHANGED', 'EMAIL_VERIFICATION'] as const) {
      const batch = messages(10, () => aMessage(customer, type, {}));
      await send(batch);
      expect(countOf('SENT', await statusesOf(batch))).toBe(5);
      const later = messages(10, () => aMessage(customer, type, {}));
      clock.set(NEXT_HOUR);
      await send(later);
      expect(countOf('SENT', await statusesOf(later))).toBe(5);
      const last = aMessage(customer, type, {});
      clock.set('2026-12-01T17:30:00Z');
      await send([last]);
      expect(await statusesOf([last])).toEqual(['SUPPRESSED TOO_MANY']);
      clock.set(EVENING);
    }
  });

  it('leave room for an evening and a morning with twenty subscriptions', async () => {
    const customer = await register(true);
    const confirmations = messages(20, () => aMessage(customer));
    await send(confirmations);
    clock.set(MORNING);
    const updates = messages(60, () => aMessage(customer, 'DELIVERY_UPDATE'));
    await send(updates);
    expect(new Set(await statusesOf([...confirmations, ...updates]))).toEqual(new Set(['SENT']));
    expect(new Set(await statusesOf(updates, 'SMS'))).toEqual(new Set(['SENT']));
  });

  it('are at most eighty an hour', async () => {
    const customer = await register(true);
    const batch = messages(90, () => aMessage(customer));
    await send(batch);
    const statuses = await statusesOf(batch);
    expect([countOf('SENT', statuses), countOf('SUPPRESSED TOO_MANY', statuses)]).toEqual([80, 10]);
  });

  it('are counted by phone number, for all accounts that have it', async () => {
    const [first, ...others] = [await register(false), await register(false), await register(false)];
    for (const other of others) await other.changePhone(first.phone);
    const batches = [first, ...others].map((customer) => messages(14, () => aMessage(customer, 'DELIVERY_UPDATE')));
    await send(batches.flat());
    const sms = await statusesOf(batches.flat(), 'SMS');
    expect([countOf('SENT', sms), countOf('SUPPRESSED TOO_MANY', sms)]).toEqual([20, 22]);
    expect(new Set(await statusesOf(batches.flat()))).toEqual(new Set(['SENT']));
    const budgets = JSON.stringify(await app.allStored('MessageBudgets'), (_, value: unknown) =>
      value instanceof Set ? [...value] : value,
    );
    expect(budgets).not.toMatch(new RegExp(`${first.phone.slice(1)}|@`));
  });

  it.each([
    [true, 60, 80],
    [false, 10, 20],
  ])('are as few SMS to many numbers as to one (verified: %s)', async (verified, perHour, perDay) => {
    const customer = await register(verified);
    const owners = [await register(true), await register(true), await register(true)];
    const sendToNextNumber = async (count: number) => {
      await customer.changePhone(owners.shift()?.phone ?? '');
      const batch = messages(count, () => aMessage(customer, 'DELIVERY_UPDATE'));
      await send(batch);
      return countOf('SENT', await statusesOf(batch, 'SMS'));
    };
    const mostOfAnHour = perHour - 3;
    expect([await sendToNextNumber(mostOfAnHour), await sendToNextNumber(mostOfAnHour)]).toEqual([mostOfAnHour, 3]);
    clock.set(NEXT_HOUR);
    expect(await sendToNextNumber(perDay)).toBe(perDay - perHour);
    clock.set('2026-12-01T17:30:00Z');
    const last = aMessage(customer, 'DELIVERY_UPDATE');
    await send([last]);
    expect(await statusesOf([last], 'SMS')).toEqual(['SUPPRESSED TOO_MANY']);
  });

  it.each([
    [true, 60],
    [false, 10],
  ])('are still sent to a number after a stranger has used their SMS on it (verified: %s)', async (verified, most) => {
    const [victim, stranger] = [await register(verified), await register(true)];
    await stranger.changePhone(victim.phone);
    const useless = messages(70, () => aMessage(stranger, 'DELIVERY_UPDATE'));
    await send(useless);
    expect(countOf('SENT', await statusesOf(useless, 'SMS'))).toBe(60);
    const morning = messages(most, () => aMessage(victim, 'DELIVERY_UPDATE'));
    await send(morning);
    expect(countOf('SENT', await statusesOf(morning, 'SMS'))).toBe(most);
  });

  it('warn of a low balance once on a business date, by mail and by SMS', async () => {
    const customer = await register(true);
    const warnings = messages(6, () => aMessage(customer, 'LOW_BALANCE', { threshold: 'INR 100.00' }));
    await send(warnings);
    const [byMail, bySms] = [await statusesOf(warnings), await statusesOf(warnings, 'SMS')];
    for (const statuses of [byMail, bySms]) {
      expect([countOf('SENT', statuses), countOf('SUPPRESSED REPEATED', statuses)]).toEqual([1, 5]);
    }
    clock.set(NEXT_HOUR);
    const later = aMessage(customer, 'LOW_BALANCE', {});
    await send([later]);
    expect(await statusesOf([later])).toEqual(['SUPPRESSED REPEATED']);
    // In India, the next day has begun.
    clock.set('2026-12-01T18:31:00Z');
    const nextDay = aMessage(customer, 'LOW_BALANCE', {});
    await send([nextDay]);
    expect(await statusesOf([nextDay])).toEqual(['SENT']);
  });

  it('report declined payments of one order or of top-ups once an hour', async () => {
    const customer = await register(true);
    const orders = [`O${newEventId()}`, `O${newEventId()}`];
    const declines = [...orders, ...orders, undefined, undefined, undefined].map((orderId) =>
      aMessage(customer, 'PAYMENT_FAILED', { orderId, amount: 4950 }),
    );
    await send(declines);
    const statuses = await statusesOf(declines);
    expect([countOf('SENT', statuses), countOf('SUPPRESSED REPEATED', statuses)]).toEqual([3, 4]);
    const again = aMessage(customer, 'PAYMENT_FAILED', { orderId: orders[0], amount: 4950 });
    clock.set(NEXT_HOUR);
    await send([again]);
    expect(await statusesOf([again])).toEqual(['SENT']);
  });

  it('report a paused subscription once an hour, and a message that is retried is no repetition', async () => {
    const customer = await register(true);
    const pause = { subscriptionId: `S07${randomInt(10 ** 9)}`, from: '2026-12-20' };
    mailFailures = 2;
    const first = aMessage(customer, 'SUBSCRIPTION_PAUSED', pause);
    await send([first]);
    const others = messages(5, () => aMessage(customer, 'SUBSCRIPTION_PAUSED', { ...pause, from: '2026-12-24' }));
    await send(others);
    expect(await statusesOf([first, ...others])).toEqual(['SENT', ...Array<string>(5).fill('SUPPRESSED REPEATED')]);
    expect(await customer.mails(/paused/)).toHaveLength(1);
  });

  it('are counted exactly, however many are counted at the same time', async () => {
    const budgets = app.get<MessageBudgetRepository>(MessageBudgetRepository);
    const limit = { reason: 'TOO_MANY', key: [newEventId()], max: 7 } as const;
    const ids = Array.from({ length: 20 }, () => newEventId());
    const reserve = () => Promise.all([...ids, ...ids].map((id) => budgets.reserve(limit, id)));
    const [once, again] = [await reserve(), await reserve()];
    const counted = once.slice(0, 20);
    expect(counted.filter(Boolean)).toHaveLength(7);
    expect([once.slice(20), again.slice(0, 20), again.slice(20)]).toEqual([counted, counted, counted]);
  });
});
