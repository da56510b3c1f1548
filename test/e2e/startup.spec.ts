import { generateKeyPairSync } from 'node:crypto';
import { freePort } from '../../infra/local/ports.mts';
import { FaultProxy } from '../support/faults/fault-proxy';
import { HttpClient } from '../support/http-client';
import { TestDairy } from '../support/fixtures/test-dairy';
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
      INVOICE_QUEUE_URL: queue('invoices'),
      ROUTINE_NOTIFICATION_QUEUE_URL: queue('notifications-routine'),
      RETURNED_MAIL_QUEUE_URL: queue('mail-returned'),
      SMS_STATUS_QUEUE_URL: queue('sms-status'),
      INVOICE_BUCKET: `${dairy.prefix}invoices`,
      EVENT_BUCKET: `${dairy.prefix}events`,
      REPORT_BUCKET: `${dairy.prefix}reports`,
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
    expect(printed).toBe('Invalid configuration: JWT_SECRET is missing. See docs/configuration.md.\n');
  });

  it('refuses a secret that is too short without printing it', async () => {
    const { code, printed } = await (await dairy.launch({ ...production, JWT_SECRET: 'too-short' })).waitForExit();
    expect(code).toBe(1);
    expect(printed).toContain('JWT_SECRET');
    expect(printed).not.toContain('too-short');
    expect(printed).not.toContain(production.SANDBOX_WEBHOOK_SECRET);
  });

  it.each([
    ['a local secret that production refuses', 'JWT_SECRET must not be a default'],
    ['a local secret for sandbox webhooks', 'JWT_SECRET must not be a default'],
    ['secret'.repeat(8), 'JWT_SECRET must be random'],
  ])('refuses the secret %s in production without printing it', async (secret, problem) => {
    const { code, printed } = await (await dairy.launch({ ...production, JWT_SECRET: secret })).waitForExit();
    expect(code).toBe(1);
    expect(printed).toContain(problem);
    expect(printed).not.toContain(secret);
  });

  it('names all invalid variables in one line', async () => {
    const wrong = { DYNAMODB_ENDPOINT: 'localhost:8000', CURRENCY: 'rupees', TRUSTED_PROXIES: 'nonsense' };
    const { code, printed } = await (await dairy.launch(wrong)).waitForExit();
    expect([code, printed]).toEqual([
      1,
      'Invalid configuration: CURRENCY must be a currency code such as INR; ' +
        'DYNAMODB_ENDPOINT must be a URL that begins with https:// or http://; ' +
        'TRUSTED_PROXIES must be none, or IP addresses and networks such as 10.0.0.0/16, separated by commas. ' +
        'See docs/configuration.md.\n',
    ]);
  });

  it('starts with another name of the stored time zone', async () => {
    const program = await dairy.start({ BUSINESS_TIMEZONE: 'Asia/Calcutta' });
    expect((await program.kill('SIGTERM')).code).toBe(0);
  });

  it.each([
    ['the program', 'dist/main.js', []],
    ['the reconciliation', 'dist/cli/books.js', []],
    ['the command that creates an admin', 'dist/cli/create-admin.js', ['--email', 'ada@example.com', '--name', 'Ada']],
    ['the local preparation', 'dist/cli/prepare-local.js', []],
  ])('refuses a time zone that differs from the stored one, in one line: %s', async (_, file, args) => {
    const env = { BUSINESS_TIMEZONE: 'Europe/Berlin', ADMIN_PASSWORD: 'curds-and-whey' };
    expect(await dairy.run(file, env, ...args)).toEqual({
      code: 1,
      printed:
        'Invalid configuration: BUSINESS_TIMEZONE must stay Asia/Kolkata, as at the first start of this ' +
        'installation, because dates would shift otherwise. See docs/configuration.md.\n',
    });
  });

  it.each([
    ['the reconciliation', 'dist/cli/books.js', {}, []],
    ['the creation of an admin', 'dist/cli/create-admin.js', { ADMIN_PASSWORD: 'short' }, []],
    [
      'the creation of an admin',
      'dist/cli/create-admin.js',
      { ADMIN_PASSWORD: 'short' },
      ['--email', 'a', '--name', 'A'],
    ],
    ['the reset of a second factor', 'dist/cli/reset-mfa.js', {}, []],
    ['the reset of a second factor', 'dist/cli/reset-mfa.js', {}, ['--email', 'a@example.com']],
    ['an operation', 'dist/cli/ops.js', {}, ['dead', '--nonsense']],
    ['the local preparation', 'dist/cli/prepare-local.js', { DEMO_PASSWORD: 'short', START_WAIT_SECONDS: '0' }, []],
    ['npm start', 'infra/local/start.mts', { LOCAL_SES_PORT: '8006', LOCAL_DATA_DIR: '/dev/null/data' }, []],
    ['npm run reset', 'infra/local/reset.mts', { LOCAL_SES_PORT: 'nonsense' }, []],
    ['npm run demo', 'infra/local/demo.mts', { LOCAL_HOST: 'nonsense' }, []],
    ['npm run bench', 'test/bench/bench.mts', {}, ['--seconds', 'nonsense']],
  ])('ends with one line if it is refused: %s', async (_, file, env, args) => {
    const unreachable = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:1', ...env };
    expect(await dairy.run(file, unreachable, ...args)).toEqual({
      code: 1,
      printed: expect.stringMatching(/^\S.*\.\n$/),
    });
  });

  it('names the port that another program uses', async () => {
    const { url } = await dairy.start();
    const port = Number(new URL(url).port);
    const { code, printed } = await (await dairy.launch({ LOG_LEVEL: 'silent' }, port)).waitForExit();
    expect(code).toBe(1);
    expect(printed).toBe(
      `Invalid configuration: PORT ${port} is in use. Stop the program that uses it, or choose another PORT. ` +
        'See docs/configuration.md.\n',
    );
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
    expect(printed.trim().split('\n').at(-1)).toBe(
      `Dependencies unavailable after 1 s: The queue ${missingQueue} does not exist. ` +
        'Start or create them, or correct their settings.',
    );
  });

  it('lets an admin created on the command line sign in, and has no test tools in production', async () => {
    const ada = { email: 'ada@example.com', password: 'curds-and-whey' };
    const [created, program] = await Promise.all([
      dairy.run('dist/cli/create-admin.js', { ADMIN_PASSWORD: ada.password }, '--email', ada.email, '--name', 'Ada'),
      dairy.start(production),
    ]);
    expect(created).toEqual({ code: 0, printed: expect.stringMatching(/^Created the admin U\w{26} \(ada@/) });
    const entry = { action: 'user.role_changed', by: '@cli', byRole: 'OPERATOR', details: { role: 'ADMIN' } };
    expect(await dairy.allStored('AuditLog')).toContainEqual(expect.objectContaining(entry));

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

  it('logs the metric of an admin created on the command line in production, for the alarm', async () => {
    const env = { ...production, LOG_LEVEL: 'info', ADMIN_PASSWORD: 'curds-and-whey' };
    const { printed } = await dairy.run('dist/cli/create-admin.js', env, '--email', 'eve@example.com', '--name', 'Eve');
    const lines = printed.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as object] : []));
    expect(lines).toContainEqual(expect.objectContaining({ AdminAdded: 1 }));
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'Role changed', by: '@cli' }));
    expect(printed).toMatch(/^Created the admin U/m);
  });

  it('shows what the operator can do without any setting', async () => {
    const { code, printed } = await dairy.run('dist/cli/ops.js', { NODE_ENV: 'production' }, '--help');
    expect(code).toBe(0);
    expect(printed).toMatch(/^Looks after a running installation[\s\S]*npm run ops -- dead <queue>/);
  });

  it('tells the operator in one line that nothing answers', async () => {
    const port = await freePort();
    const { code, printed } = await dairy.run(
      'dist/cli/ops.js',
      { SQS_ENDPOINT: `http://127.0.0.1:${port}` },
      ...['dead', 'analytics'],
    );
    expect(code).toBe(1);
    expect(printed).toMatch(new RegExp(`^Nothing answers at 127.0.0.1:${port}\\. .*\\.\\n$`));
  });

  it('issues the token of an admin in production encrypted, and logs its metric for the alarm', async () => {
    const ops = (...args: string[]) => dairy.run('dist/cli/ops.js', { ...production, LOG_LEVEL: 'info' }, ...args);
    const email = 'admin@milkround.test';
    expect(await ops('token', '--email', email)).toEqual({
      code: 1,
      printed: expect.stringMatching(/^In production the output is in the log, .*\n$/),
    });
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const { code, printed } = await ops('token', '--email', email, '--public-key', key);
    expect(code).toBe(0);
    expect(printed).not.toContain('eyJ');
    expect(printed).toMatch(/^\{.*"AdminTokenIssued":1/m);
    expect(printed).toMatch(/^\{.*"by":"@cli".*"msg":"Admin token issued"/m);
  });
});
