import { type Message, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { operationOf } from '../../../src/cli/ops';
import { newEventId } from '../../../src/kernel/ids';
import { AnalyticsService } from '../../../src/modules/analytics/analytics.service';
import { analyticsEventOf } from '../../../src/modules/analytics/domain/analytics-event';
import { GenerationQueue } from '../../../src/modules/generation/generation-queue';
import { InvoiceSubscribers } from '../../../src/modules/invoice/invoice.subscribers';
import { NotificationService } from '../../../src/modules/notification/notification.service';
import { newOrderId } from '../../../src/modules/order/domain/ids';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { Outbox } from '../../../src/platform/events/outbox';
import { declaredQueueNames, findDeclaredQueue } from '../../../src/platform/queue/declare-queue';
import { TestApp } from '../../support/test-app';

/** For each queue, the kind of a message, and how its producer sends it. */
const MESSAGES: Readonly<Record<string, readonly [string, (app: TestApp, send: Send) => Promise<unknown>]>> = {
  analytics: [
    'DAIRY_UPDATED',
    (app) => {
      const event = app.get<Outbox>(Outbox).withMetadata({ type: 'dairy.updated', changed: ['name'] });
      return app.get<AnalyticsService>(AnalyticsService).publish(analyticsEventOf(event));
    },
  ],
  generation: [
    'ADVANCE',
    (app) => app.get<GenerationQueue>(GenerationQueue).send({ task: 'ADVANCE', date: '2026-12-01' }),
  ],
  invoices: [
    'ORDER',
    (app) => {
      const event = { type: 'invoice.requested', orderId: newOrderId() } as const;
      const published = app.get<Outbox>(Outbox).withMetadata(event as never);
      return app.get<InvoiceSubscribers>(InvoiceSubscribers).issueForOrder(published);
    },
  ],
  'mail-returned': [
    'Bounce',
    (_, send) => send({ eventType: 'Bounce', mail: { messageId: 'M1' }, bounce: { bounceType: 'Permanent' } }),
  ],
  notifications: ['PASSWORD_CHANGED', (app) => notify(app, 'PASSWORD_CHANGED', {})],
  'notifications-routine': ['ORDER_CONFIRMED', (app) => notify(app, 'ORDER_CONFIRMED', { orderId: 'O1', amount: 100 })],
  'sms-status': ['TEXT_DELIVERED', (_, send) => send({ eventType: 'TEXT_DELIVERED', messageId: 'M1' })],
};

type Send = (body: object) => Promise<unknown>;

function notify(app: TestApp, type: string, data: object): Promise<void> {
  const draft = { userId: newUserId(), type, eventId: newEventId(), data };
  return app.get<NotificationService>(NotificationService).publish(draft as never);
}

describe('npm run ops -- dead', () => {
  let app: TestApp;
  // Without workers, which would take the messages.
  beforeAll(async () => (app = await TestApp.start({ APP_ROLES: 'api' })));
  afterAll(() => app.stop());

  it('is tested with a message of every queue', () => {
    expect(Object.keys(MESSAGES).sort()).toEqual(declaredQueueNames().sort());
  });

  it.each(Object.entries(MESSAGES))('shows the kind of the messages in %s', async (name, [kind, produce]) => {
    const sqs = app.get<SQSClient>(SQSClient);
    const url = findDeclaredQueue(app.configuration, name)?.url ?? '';
    const send = (target: string, body?: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: target, MessageBody: body }));
    await produce(app, (body) => send(url, JSON.stringify(body)));
    const [message] = await received(sqs, url);
    await send(`${url}-dead`, message?.Body);
    const lines: string[] = [];
    await operationOf(['dead', name], { isLogged: true })?.({ app: app.nest, print: (line) => lines.push(line) });
    expect(lines).toContain(`     1  ${kind}`);
  });
});

async function received(sqs: SQSClient, url: string): Promise<Message[]> {
  const { Messages: messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }));
  return messages;
}
