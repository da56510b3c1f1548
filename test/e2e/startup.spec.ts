import { freePort } from '../../infra/local/ports.mts';
import { FaultProxy } from '../support/fault-proxy';
import { HttpClient } from '../support/http-client';
import { TestDairy } from '../support/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(180_000);

const SECRET = 'a secret that only this test knows';

describe('the program', () => {
  let dairy: TestDairy;
  let production: Record<string, string>;
  beforeAll(async () => {
    dairy = await TestDairy.open();
    const queue = (name: string) => `${process.env.SQS_ENDPOINT}/000000000000/${dairy.prefix}${name}`;
    production = {
      NODE_ENV: 'production',
      RATE_LIMITS: 'on',
      PUBLIC_URL: 'https://api.milkround.example',
      ANALYTICS_QUEUE_URL: queue('analytics'),
      NOTIFICATION_QUEUE_URL: queue('notifications'),
      GENERATION_QUEUE_URL: queue('generation'),
      NOTIFICATION_TOPIC_ARN: `arn:aws:sns:${process.env.AWS_REGION}:000000000000:${dairy.prefix}notifications`,
      MAIL_FROM: 'milk@milkround.example',
      JWT_SECRET: SECRET,
      TRUSTED_PROXIES: 'none',
      PAYMENT_GATEWAY: 'sandbox',
      SANDBOX_IN_PRODUCTION: 'yes-no-money-moves',
      SANDBOX_WEBHOOK_SECRET: 'another secret that only this test knows',
    };
  });
  afterAll(() => dairy.close());

  it('refuses to start in production without JWT_SECRET, and names it', async () => {
    const { code, printed } = await (await dairy.launch({ ...production, JWT_SECRET: undefined })).waitForExit();
    expect(code).toBe(1);
    expect(printed).toBe('Invalid configuration:\n  - JWT_SECRET is missing\n');
  });

  it('refuses a secret that is too short without printing it', async () => {
    const { code, printed } = await (await dairy.launch({ ...production, JWT_SECRET: 'too-short' })).waitForExit();
    expect(code).toBe(1);
    expect(printed).toContain('JWT_SECRET');
    expect(printed).not.toContain('too-short');
    expect(printed).not.toContain(production.SANDBOX_WEBHOOK_SECRET);
  });

  it('refuses a time zone that differs from the stored one', async () => {
    const { code, printed } = await (await dairy.launch({ BUSINESS_TIMEZONE: 'Europe/Berlin' })).waitForExit();
    expect(code).toBe(1);
    expect(printed).toContain('BUSINESS_TIMEZONE must stay Asia/Kolkata');
    // Stack traces refer to the source files.
    expect(printed).toMatch(/src\/platform\/shared-settings\.ts:\d+/);
  });

  it('waits for its dependencies, and logs which one is missing', async () => {
    const unpreparedDairy = TestDairy.unprepared();
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const program = await unpreparedDairy.launch({ DYNAMODB_ENDPOINT: address });
    await waitUntil('the program to log the missing dependency', async () =>
      program.output.includes(`DynamoDB does not answer at ${address}`),
    );
    const database = await FaultProxy.start(process.env.DYNAMODB_ENDPOINT ?? '', () => 'answered', port);
    try {
      await unpreparedDairy.prepare();
      await program.waitUntilReady();
      expect((await new HttpClient(program.url).get('/product/list')).body).not.toEqual([]);
    } finally {
      await unpreparedDairy.close();
      await database.stop();
    }
  });

  it('gives up after START_WAIT_SECONDS, and names the missing dependency', async () => {
    const missingQueue = `${process.env.SQS_ENDPOINT}/000000000000/missing`;
    const program = await dairy.launch({ START_WAIT_SECONDS: '1', GENERATION_QUEUE_URL: missingQueue });
    const { code, printed } = await program.waitForExit();
    expect(code).toBe(1);
    const lines = printed.trim().split('\n').slice(-2);
    expect(lines).toEqual(['Dependencies unavailable after 1 s:', `  - The queue ${missingQueue} does not exist`]);
  });

  it('lets an admin created on the command line sign in, and has no test tools in production', async () => {
    const ada = { email: 'ada@example.com', password: 'curds-and-whey' };
    const [created, program] = await Promise.all([
      dairy.run('dist/cli/create-admin.js', { ADMIN_PASSWORD: ada.password }, '--email', ada.email, '--name', 'Ada'),
      dairy.start(production),
    ]);
    expect(created).toEqual({ code: 0, printed: expect.stringMatching(/^Created the admin U\w{26} \(ada@/) });

    const { body } = await new HttpClient(program.url).post('/user/login', ada);
    expect(body.role).toBe('ADMIN');
    const admin = new HttpClient(program.url, body.accessToken);
    const responses = await Promise.all([
      admin.put('/admin/clock', { now: '2099-01-01T00:00:00Z' }),
      admin.delete('/admin/clock'),
      admin.get('/admin/settled'),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await admin.get('/admin/outbox')).status).toBe(200);
  });
});
