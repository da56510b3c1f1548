import { newEventId } from '../../../src/kernel/ids';
import type { Draft } from '../../../src/modules/notification/domain/notification';
import { NotificationService } from '../../../src/modules/notification/notification.service';
import { FaultProxy } from '../../support/faults/fault-proxy';
import { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

describe('SMS', () => {
  let app: TestApp | undefined;
  afterEach(async () => {
    await app?.stop();
    app = undefined;
  });

  /** Publishes messages to a new customer, one after the other, and returns their SMS. */
  const smsOf = async (environment: Record<string, string>, ...drafts: Pick<Draft, 'type' | 'data'>[]) => {
    app = await TestApp.start({ RATE_LIMITS: 'off', ...environment });
    const inbox = await CustomerInbox.register(app);
    for (const draft of drafts) {
      const about = { userId: inbox.userId, eventId: newEventId() };
      await app.get<NotificationService>(NotificationService).publish({ ...about, ...draft });
      await app.settled();
    }
    return { sms: await inbox.smsMessages(), mails: await inbox.mails(/./) };
  };
  const update = (status: string, orderId = 'O1') => ({
    type: 'DELIVERY_UPDATE' as const,
    data: { orderId, status, ...(status === 'FAILED' && { reason: 'VEHICLE' }) },
  });
  const lowBalance = { type: 'LOW_BALANCE' as const, data: { balance: 50, threshold: 10_000 } };

  it('are only sent for the chosen types, and mails for all', async () => {
    const { sms, mails } = await smsOf({ SMS_TYPES: 'LOW_BALANCE' }, update('DELIVERED'), lowBalance);
    expect(sms).toEqual([expect.stringContaining('Your wallet is down to')]);
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Welcome'),
      expect.stringContaining('Update on your order'),
      expect.stringContaining('running low'),
    ]);
  });

  it('end with the limit of the month, except for failed deliveries', async () => {
    const { sms, mails } = await smsOf(
      { SMS_PER_MONTH: '2' },
      ...[
        update('PICKED_UP'),
        update('IN_TRANSIT'),
        update('DELIVERED'),
        update('FAILED', 'O2'),
        update('PICKED_UP', 'O3'),
      ],
    );
    expect(sms).toEqual([
      expect.stringContaining('picked up'),
      expect.stringContaining('in transit'),
      expect.stringContaining('could not be delivered'),
    ]);
    expect(mails).toHaveLength(1 + 5);
    const suppressed = (await app?.allStored<{ status: string; failure?: string }>('NotificationLog')) ?? [];
    expect(suppressed.filter(({ failure }) => failure === 'MONTH_USED_UP')).toHaveLength(2);
  });

  it('name the sender, entity and template that are registered with the operators', async () => {
    const requests: URLSearchParams[] = [];
    const proxy = await FaultProxy.start(process.env.SMS_ENDPOINT ?? '', (body) => {
      requests.push(new URLSearchParams(body));
      return 'answered';
    });
    try {
      await smsOf(
        {
          ...{ SMS_ENDPOINT: proxy.url, SMS_SENDER_ID: 'DAIRY', SMS_ENTITY_ID: '1101' },
          SMS_TEMPLATE_IDS: 'LOW_BALANCE=1107001,DELIVERY_UPDATE=1107002',
        },
        update('DELIVERED'),
      );
      const [request = new URLSearchParams()] = requests;
      const attributes = [...request]
        .filter(([name]) => /\.Name$/.test(name))
        .map(([name, value]) => [value, request.get(name.replace(/\.Name$/, '.Value.StringValue'))]);
      expect(Object.fromEntries(attributes)).toEqual({
        'AWS.SNS.SMS.SMSType': 'Transactional',
        'AWS.SNS.SMS.SenderID': 'DAIRY',
        'AWS.MM.SMS.EntityId': '1101',
        'AWS.MM.SMS.TemplateId': '1107002',
      });
    } finally {
      await proxy.stop();
    }
  });

  it('are listed for admins as accepted, because SNS reports nothing', async () => {
    await smsOf({}, lowBalance);
    const { body } = (await app?.as('ADMIN').get('/admin/notification/sms').expect(200)) ?? {};
    expect(body).toEqual([expect.objectContaining({ type: 'LOW_BALANCE', status: 'ACCEPTED' })]);
  });

  it.each([
    ['SMS_TYPES', 'ORDER_CONFIRMED', 'SMS_TYPES must be a comma-separated list out of DELIVERY_UPDATE, LOW_BALANCE'],
    ['SMS_TEMPLATE_IDS', 'LOW_BALANCE:1', 'SMS_TEMPLATE_IDS must be types with the ids of templates'],
    ['SMS_PER_MONTH', '-1', 'SMS_PER_MONTH must be a whole number'],
  ])('cannot be set up with %s=%s', async (variable, value, problem) => {
    await expect(TestApp.start({ [variable]: value })).rejects.toThrow(problem);
  });
});
