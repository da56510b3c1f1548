import { newEventId } from '../../../src/kernel/ids';
import type { Notification } from '../../../src/modules/notification/domain/notification';
import { DeferredMessages } from '../../../src/modules/notification';
import { NotificationService } from '../../../src/modules/notification/notification.service';
import { ROUTINE_QUEUE } from '../../../src/modules/notification/notification.settings';
import { Scheduler } from '../../../src/modules/scheduler';
import { Publisher } from '../../../src/platform/queue/publisher';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

/** In India, half past nine in the evening, and the end of the night. */
const EVENING = '2026-12-01T16:00:00Z';
const BEFORE_MORNING = '2026-12-02T02:29:59Z';
const MORNING = '2026-12-02T02:30:00Z';

describe('the quiet hours of SMS', () => {
  const clock = new FixedBusinessClock(EVENING);
  let app: TestApp;
  let inbox: CustomerInbox;
  beforeAll(async () => {
    app = await TestApp.start({ SMS_QUIET_HOURS: '21:00-08:00', QUEUE_RETRY_SECONDS: '0' }, { clock });
  });
  beforeEach(async () => {
    clock.set(EVENING);
    inbox = await CustomerInbox.register(app);
  });
  afterAll(() => app.stop());

  const lowBalance = (data: object = {}): Notification => ({
    ...{ userId: inbox.userId, type: 'LOW_BALANCE', message: 'Low', eventId: newEventId() },
    data: { balance: 5_000, threshold: 10_000, ...data },
  });
  const send = async (...messages: Notification[]) => {
    const { url } = app.configuration.get(ROUTINE_QUEUE);
    await Promise.all(messages.map((message) => app.get<Publisher>(Publisher).sendToQueue(url, message)));
    await app.settled();
  };
  const sendDue = async (at: string) => {
    clock.set(at);
    await app.get<DeferredMessages>(DeferredMessages).sendDue();
    await app.settled();
  };
  const waiting = async () => {
    const rows = await app.allStored<{ notification: Notification }>('DeferredMessages');
    return rows.filter(({ notification }) => notification.userId === inbox.userId);
  };
  const logged = ({ eventId }: Notification) => app.stored('NotificationLog', { id: `${eventId}#SMS` });

  it('let an SMS that can wait wait until morning, and mail it at once', async () => {
    await send(lowBalance());
    expect(await inbox.mails(/running low/)).toHaveLength(1);
    expect(await inbox.smsMessages()).toEqual([]);
    expect(await waiting()).toHaveLength(1);
    await app.as('ADMIN').get('/admin/settled').expect(200);
    await sendDue(BEFORE_MORNING);
    expect(await inbox.smsMessages()).toEqual([]);
    clock.set(MORNING);
    await app.get<Scheduler>(Scheduler).runDueTasks();
    await app.settled();
    expect(await inbox.smsMessages()).toEqual([expect.stringContaining('Your wallet is down to')]);
    expect(await inbox.mails(/running low/)).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  it('do not delay news of a delivery', async () => {
    const data = { orderId: 'O1', status: 'IN_TRANSIT' };
    await send({ ...lowBalance(), type: 'DELIVERY_UPDATE', data });
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it('let one SMS of a message wait, however often the queue delivers it, and send it once', async () => {
    const message = lowBalance();
    await send(message, message);
    await send(message);
    const [row, ...more] = await waiting();
    expect(more).toEqual([]);
    clock.set(MORNING);
    // Two schedulers, and a crash of one before it deleted the row.
    await Promise.all([1, 2].map(() => app.get<DeferredMessages>(DeferredMessages).sendDue()));
    await app.settled();
    await app.store('DeferredMessages', row as object);
    await sendDue(MORNING);
    await send(message);
    expect(await inbox.smsMessages()).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  it('keep an SMS that a task with a slow clock defers again while another sends it', async () => {
    const message = lowBalance();
    await send(message);
    const publisher = app.get<Publisher>(Publisher);
    const sendToQueue = publisher.sendToQueue.bind(publisher);
    jest.spyOn(publisher, 'sendToQueue').mockImplementationOnce(async (...args) => {
      clock.set(BEFORE_MORNING);
      await app.get<DeferredMessages>(DeferredMessages).deferSms(message);
      await sendToQueue(...args);
    });
    clock.set(MORNING);
    await app.get<DeferredMessages>(DeferredMessages).sendDue();
    await app.settled();
    expect(await inbox.smsMessages()).toEqual([]);
    expect(await waiting()).toHaveLength(1);
    await sendDue(MORNING);
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it('do not repeat an SMS that was sent before they began', async () => {
    const message = lowBalance();
    clock.set('2026-12-01T15:29:59Z');
    await send(message);
    clock.set(EVENING);
    await send(message);
    await sendDue(MORNING);
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it('leave the preferences and the number to the time of sending', async () => {
    const moved = inbox;
    const toMoved = lowBalance();
    await send(toMoved);
    inbox = await CustomerInbox.register(app);
    await send(lowBalance());
    const phone = `+9198${moved.phone.slice(-8)}`;
    await moved.changePhone(phone);
    await app
      .as('CUSTOMER', inbox.userId)
      .patch('/user/profile', { notifications: { kinds: { lowBalance: { sms: false } } } })
      .expect(200);
    await sendDue(MORNING);
    expect(await moved.smsMessages()).toEqual([]);
    expect(await logged(toMoved)).toMatchObject({ status: 'SENT' });
    expect(await inbox.smsMessages()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it('end with no SMS about a delivery that has been decided meanwhile', async () => {
    const [late, useful] = [lowBalance({ shortOn: '2026-12-02' }), lowBalance({ shortOn: '2026-12-03' })];
    await send(late);
    await sendDue(MORNING);
    expect(await logged(late)).toMatchObject({ status: 'SUPPRESSED', failure: 'OUTDATED' });
    clock.set(EVENING);
    await send(useful);
    await sendDue(MORNING);
    expect(await inbox.smsMessages()).toEqual([expect.stringContaining('3 December')]);
  });

  it('end with no SMS about a balance that has been topped up meanwhile', async () => {
    const message = lowBalance();
    await send(message);
    await app
      .as('ADMIN')
      .post('/admin/wallet/adjust', { userId: inbox.userId, amount: 100, reason: 'Cash' })
      .expect(201);
    await sendDue(MORNING);
    expect(await inbox.smsMessages()).toEqual([]);
    expect(await logged(message)).toMatchObject({ status: 'SUPPRESSED', failure: 'OUTDATED' });
  });

  it('defer again what is only found in the next night', async () => {
    await send(lowBalance());
    await sendDue('2026-12-02T16:00:00Z');
    expect(await inbox.smsMessages()).toEqual([]);
    expect(await waiting()).toHaveLength(1);
    await sendDue('2026-12-03T02:30:00Z');
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it('page through many messages that are due', async () => {
    const service = app.get<NotificationService>(NotificationService);
    const messages = Array.from({ length: 240 }, () => ({ ...lowBalance(), channel: 'SMS' as const }));
    await Promise.all(messages.map((message) => service.send(message)));
    expect(await waiting()).toHaveLength(messages.length);
    await sendDue(MORNING);
    expect(await waiting()).toEqual([]);
    // One a day.
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it.each(['21:00', '21:00-21:00', '21-08', '21:00-08:00-09:00', '24:00-08:00'])(
    'cannot be set up as %s',
    async (hours) => {
      await expect(TestApp.start({ SMS_QUIET_HOURS: hours })).rejects.toThrow('SMS_QUIET_HOURS must be none, or two');
    },
  );
});
