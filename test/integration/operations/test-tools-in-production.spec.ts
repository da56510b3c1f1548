// Standalone spec: it changes the environment before it loads the program.
import { randomBytes } from 'node:crypto';
import type { TestApp } from '../../support/test-app';

const name = `production-${randomBytes(5).toString('hex')}`;
const queue = (kind: string) => `${process.env.SQS_ENDPOINT}/000000000000/${name}-${kind}`;

/** Loading the modules decides which routes exist, so the environment is set before. */
async function startInProduction(): Promise<TestApp> {
  const environment = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://api.milkround.example',
    ANALYTICS_QUEUE_URL: queue('analytics'),
    NOTIFICATION_QUEUE_URL: queue('notifications'),
    GENERATION_QUEUE_URL: queue('generation'),
    INVOICE_QUEUE_URL: queue('invoices'),
    ROUTINE_NOTIFICATION_QUEUE_URL: queue('notifications-routine'),
    RETURNED_MAIL_QUEUE_URL: queue('mail-returned'),
    SMS_STATUS_QUEUE_URL: queue('sms-status'),
    INVOICE_BUCKET: 'invoices-of-the-dairy',
    EVENT_BUCKET: 'events-of-the-dairy',
    REPORT_BUCKET: 'reports-of-the-dairy',
    NOTIFICATION_TOPIC_ARN: `arn:aws:sns:${process.env.AWS_REGION}:000000000000:${name}`,
    MAIL_FROM: 'milk@milkround.example',
    JWT_SECRET: 'a secret that only this test has to know',
    TRUSTED_PROXIES: 'none',
    PAYMENT_GATEWAY: 'sandbox',
    SANDBOX_IN_PRODUCTION: 'yes-no-money-moves',
    SANDBOX_WEBHOOK_SECRET: 'another secret that only this test knows',
  };
  Object.assign(process.env, environment);
  const support = jest.requireActual<{ TestApp: typeof TestApp }>('../../support/test-app');
  return support.TestApp.start({ RATE_LIMITS: 'on' });
}

describe('in production', () => {
  it('there is no test clock and no settled route', async () => {
    const app = await startInProduction();
    const admin = app.as('ADMIN');
    const requests = [
      admin.put('/admin/clock', { now: '2099-01-01T00:00:00Z' }),
      admin.delete('/admin/clock'),
      admin.get('/admin/settled'),
    ];
    for (const request of requests) expect((await request.expect(404)).body.code).toBe('request.unknown_route');
    await admin.get('/admin/outbox').expect(200);
    await app.stop();
  });
});
