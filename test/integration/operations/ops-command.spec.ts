import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Injectable } from '@nestjs/common';
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { asOperator } from '../../../src/cli/command';
import { operationOf } from '../../../src/cli/ops';
import { newEventId } from '../../../src/kernel/ids';
import { NotificationRepository } from '../../../src/modules/notification/notification.repository';
import { NOTIFICATION_QUEUE, RETURNED_MAIL_QUEUE } from '../../../src/modules/notification/notification.settings';
import { newProductId } from '../../../src/modules/product/domain/ids';
import { UserService } from '../../../src/modules/user';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import { Outbox } from '../../../src/platform/events/outbox';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { DeadLetters } from '../../../src/platform/queue/dead-letters';
import { OffsetRealClock } from '../../support/clocks/offset-real-clock';
import { aProduct } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

const HOUR = 3_600_000;

@Injectable()
class FlakySubscriber {
  isFailing = false;
  received = 0;

  @Subscribe(['product.added', 'product.updated'], { as: 'baker.bake' })
  async handle(_: object): Promise<void> {
    if (this.isFailing) throw new Error('not available');
    this.received += 1;
  }
}

describe('npm run ops', () => {
  let app: TestApp;
  let baker: FlakySubscriber;
  const clock = new OffsetRealClock();
  beforeAll(async () => {
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0' }, { providers: [FlakySubscriber], clock });
    baker = app.get(FlakySubscriber);
  });
  afterAll(() => app.stop());
  afterEach(() => clock.reset());

  const linesOf = async (args: readonly string[], isLogged = false): Promise<string[]> => {
    const lines: string[] = [];
    const operation = operationOf(args, { isLogged });
    await asOperator(async () => operation?.({ app: app.nest, print: (line) => lines.push(line) }));
    return lines;
  };
  const run = async (...args: string[]): Promise<string> => (await linesOf(args)).join('\n');
  const auditActions = async (): Promise<string[]> => {
    await app.settled();
    return (await app.allStored<{ action: string }>('AuditLog')).map(({ action }) => action);
  };

  describe('dead', () => {
    type QueueToken = typeof NOTIFICATION_QUEUE | typeof RETURNED_MAIL_QUEUE;
    const urlOf = (token: QueueToken) => app.configuration.get(token).url;
    const countOf = (token: QueueToken) => app.get<DeadLetters>(DeadLetters).count(urlOf(token));
    const kill = (token: QueueToken, body: string) =>
      app
        .get<SQSClient>(SQSClient)
        .send(new SendMessageCommand({ QueueUrl: `${urlOf(token)}-dead`, MessageBody: body }));
    const welcome = (more: object = {}) => ({
      ...{ type: 'WELCOME_EMAIL', userId: 'U1', eventId: newEventId(), message: 'Welcome, Asha', data: {} },
      ...more,
    });
    const drop = async (name: string) => {
      clock.advance(2 * HOUR);
      await run('dead', name, '--drop', '--older-than', '1h', '--yes');
      clock.reset();
    };
    afterEach(async () => {
      await drop('notifications');
      await drop('mail-returned');
    });

    it('counts the dead letters of every queue', async () => {
      await kill(NOTIFICATION_QUEUE, JSON.stringify(welcome()));
      clock.advance(3 * HOUR);
      const text = await run('dead');
      expect(text).toMatch(/^notifications {11}1 message, oldest sent 3 h ago$/m);
      expect(text).toMatch(/^analytics {15}0 messages$/m);
      expect(text.split('\n')).toHaveLength(7);
    });

    it('shows kinds, reasons and ids of more than one batch, and leaves the messages in the queue', async () => {
      const known = welcome();
      await app.get<NotificationRepository>(NotificationRepository).markDead(known as never, 'EMAIL', 'TimeoutError');
      for (const body of [known, ...Array.from({ length: 12 }, () => welcome({ type: 'FROM_A_NEWER_VERSION' }))]) {
        await kill(NOTIFICATION_QUEUE, JSON.stringify(body));
      }
      const text = await run('dead', 'notifications');
      expect(text).toContain('notifications: 13 messages.');
      expect(text).toContain('    12  FROM_A_NEWER_VERSION');
      expect(text).toContain('     1  EMAIL DEAD TimeoutError');
      expect(text).toContain('    12  no entry: it was never tried');
      expect(text).toMatch(/ userId=U1 eventId=\w{26}/);
      expect(await countOf(NOTIFICATION_QUEUE)).toBe(13);
      expect(await run('dead', 'notifications')).toContain('By kind:');
    });

    it('shows neither contents nor addresses', async () => {
      const mail = { destination: ['asha@example.com'], messageId: 'asha@example.com' };
      await kill(RETURNED_MAIL_QUEUE, JSON.stringify({ notificationType: 'Bounce', mail, addressId: 'a@example.com' }));
      await kill(RETURNED_MAIL_QUEUE, 'asha@example.com');
      const text = await run('dead', 'mail-returned');
      expect(text).toContain('     1  Bounce');
      expect(text).toContain('     1  unknown kind');
      expect(text).not.toContain('example.com');
    });

    it('sends them again, and the workers handle them', async () => {
      const { userId } = await app
        .get<UserService>(UserService)
        .create({ name: 'Asha', email: `${newEventId()}@example.com` }, 'CUSTOMER', 'milk-before-dawn');
      const messages = Array.from({ length: 12 }, () => welcome({ userId }));
      for (const message of messages) await kill(NOTIFICATION_QUEUE, JSON.stringify(message));
      clock.advance(1_000);
      expect(await run('dead', 'notifications', '--redrive', '--per-second', '100')).toBe(
        'notifications: sent 12 messages again.',
      );
      expect(await countOf(NOTIFICATION_QUEUE)).toBe(0);
      await app.settled();
      for (const { eventId } of messages) {
        const row = await app.stored('NotificationLog', { id: `${eventId}#EMAIL` });
        expect(row).toMatchObject({ status: expect.stringMatching(/SENT|SUPPRESSED/) });
      }
      const entries = await app.allStored('AuditLog');
      const entry = {
        action: 'dead_letters.redriven',
        by: '@cli',
        subject: 'notifications',
        details: { messages: 12 },
      };
      expect(entries).toContainEqual(expect.objectContaining(entry));
    });

    it('leaves those that die again, instead of redriving them endlessly', async () => {
      await kill(NOTIFICATION_QUEUE, '"not a notification"');
      clock.advance(1_000);
      await run('dead', 'notifications', '--redrive', '--per-second', '1');
      await waitUntil('the message to die again', async () => (await countOf(NOTIFICATION_QUEUE)) === 1);
      expect(await run('dead', 'notifications')).toContain('notifications: 1 message.');
    });

    it('deletes only old ones, only when it is confirmed, and prints their ids', async () => {
      await kill(NOTIFICATION_QUEUE, JSON.stringify(welcome({ userId: 'U-OLD' })));
      clock.advance(2 * HOUR);
      const args = ['dead', 'notifications', '--drop', '--older-than'];
      await expect(run(...args, '1h')).rejects.toThrow('1 of 1 message would be deleted permanently. Nothing');
      expect(await run(...args, '3h', '--yes')).toBe('notifications: deleted 0 messages.');
      expect(await countOf(NOTIFICATION_QUEUE)).toBe(1);
      const text = await run(...args, '1h', '--yes');
      expect(text).toMatch(/^Deleted \S+Z \S+ WELCOME_EMAIL userId=U-OLD eventId=\w{26}$/m);
      expect(text).toMatch(/deleted 1 message\.$/);
      expect(await countOf(NOTIFICATION_QUEUE)).toBe(0);
    });

    it('says before it deletes how many the queue has, beyond those that it looked at', async () => {
      await kill(NOTIFICATION_QUEUE, JSON.stringify(welcome()));
      const { middlewareStack } = app.get<SQSClient>(SQSClient);
      middlewareStack.add(
        (next, { commandName = '' }) =>
          async (input) => {
            const result = await next(input);
            if (!commandName.startsWith('GetQueueAttributes')) return result;
            return { ...result, output: { ...result.output, Attributes: { ApproximateNumberOfMessages: '5000' } } };
          },
        { step: 'initialize', name: 'manyMessages' },
      );
      try {
        await expect(run('dead', 'notifications', '--drop', '--older-than', '1h')).rejects.toThrow(
          '0 of 1 message would be deleted permanently. The queue has 5000, and all that are old enough are meant.',
        );
      } finally {
        middlewareStack.remove('manyMessages');
      }
    });

    it('records how many it deleted, and nothing if it deleted none', async () => {
      const recorded = async () => {
        await app.settled();
        const entries = await app.allStored<{ action: string; details?: object }>('AuditLog');
        return entries.filter(({ action }) => action === 'dead_letters.dropped').map(({ details }) => details);
      };
      const before = (await recorded()).length;
      await kill(NOTIFICATION_QUEUE, JSON.stringify(welcome()));
      await run('dead', 'notifications', '--drop', '--older-than', '1h', '--yes');
      expect((await recorded()).length).toBe(before);
      await drop('notifications');
      expect((await recorded()).length).toBe(before + 1);
      expect(await recorded()).toContainEqual({ messages: 1 });
    });

    it('ends neither at one batch that SQS delivers twice, nor before it has seen all', async () => {
      for (let count = 0; count < 25; count++) await kill(NOTIFICATION_QUEUE, JSON.stringify(welcome()));
      const sqs = app.get<SQSClient>(SQSClient);
      const batches: { output: object; response: unknown }[] = [];
      sqs.middlewareStack.add(
        (next, { commandName = '' }) =>
          async (input) => {
            const { QueueUrl: url = '' } = input.input as { QueueUrl?: string };
            if (!commandName.startsWith('ReceiveMessage') || url !== `${urlOf(NOTIFICATION_QUEUE)}-dead`)
              return next(input);
            const [first] = batches;
            const result = batches.length === 1 && first ? (first as never) : await next(input);
            batches.push(result);
            return result;
          },
        { step: 'initialize', name: 'deliveredTwice' },
      );
      try {
        expect(await app.get<DeadLetters>(DeadLetters).peek(urlOf(NOTIFICATION_QUEUE), 1_000)).toHaveLength(25);
      } finally {
        sqs.middlewareStack.remove('deliveredTwice');
      }
    });

    it('names the queues if there is none of that name', async () => {
      await expect(run('dead', 'milk')).rejects.toThrow(/^No queue is called milk\. The queues: analytics, generation/);
    });
  });

  describe('events', () => {
    const parked = async (count: number) => {
      baker.isFailing = true;
      for (let i = 0; i < count; i++) await aProduct(app, { productId: newProductId() });
      await app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
      const outbox = app.get<Outbox>(Outbox);
      for (const shard of ['0', '1', '2', '3', '4', '5', '6', '7']) {
        const { items } = await outbox.listShard(shard, { limit: 100 });
        for (const row of items) await outbox.park(row, row.failed ?? []);
      }
      baker.isFailing = false;
    };

    it('are shown by type, subscriber and error, and retried', async () => {
      await parked(3);
      expect(await run('events')).toMatch(
        /^parked: 3 events, oldest \d+ s ago\.\n {5}3 {2}product\.added at baker\.bake: /,
      );
      expect(await run('events', '--waiting')).toBe('waiting: 0 events.');
      expect(await run('events', '--retry', '--type', 'product.updated')).toContain('0 outbox rows');
      expect(await run('events', '--retry', '--type', 'product.added')).toContain('3 outbox rows');
      await app.settled();
      expect(baker.received).toBe(3);
      expect(await run('events')).toBe('parked: 0 events.');
    });

    it('are all retried without a type', async () => {
      await parked(1);
      expect(await run('events', '--retry')).toContain('1 outbox row');
      expect(await auditActions()).toContain('outbox.retried');
    });
  });

  describe('messages', () => {
    it('are shown by reason, and sent again', async () => {
      const repository = app.get<NotificationRepository>(NotificationRepository);
      for (const failure of ['TimeoutError', 'TimeoutError', 'MailRefused']) {
        const dead = { userId: 'U1', type: 'PASSWORD_CHANGED', eventId: newEventId(), message: 'x', data: {} };
        await repository.markDead(dead as never, 'EMAIL', failure);
      }
      expect(await run('messages')).toContain('     2  EMAIL PASSWORD_CHANGED: TimeoutError');
      expect(await run('messages', '--retry')).toMatch(/^Put \d messages back on the queue\.$/);
      await app.settled();
      expect(await auditActions()).toContain('notification.retried');
    });
  });

  describe('token', () => {
    const someone = async (role: 'ADMIN' | 'CUSTOMER' | 'COURIER' = 'ADMIN', task = app) => {
      const email = `${newEventId().toLowerCase()}@example.com`;
      const { userId } = await task
        .get<UserService>(UserService)
        .create({ name: 'Asha', email }, role, 'milk-before-dawn');
      return { email, userId };
    };
    const tokenFor = async (email: string) => (await linesOf(['token', '--email', email])).at(-1) ?? '';

    it('gives an admin access for fifteen minutes, with a session that can be ended and an entry in the audit log', async () => {
      const { email, userId } = await someone();
      const token = await tokenFor(email.toUpperCase());
      const { iat, exp, sid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
        [claim: string]: number;
      };
      expect(Number(exp) - Number(iat)).toBe(900);
      const admin = app.http.as(token);
      await admin.get('/admin/outbox').expect(200);
      const { body: sessions } = await admin.get('/user/sessions').expect(200);
      expect(sessions).toEqual([expect.objectContaining({ sessionId: sid, device: 'npm run ops -- token' })]);
      await app.settled();
      expect(await app.allStored('AuditLog')).toContainEqual(
        expect.objectContaining({
          action: 'user.admin_token_issued',
          by: '@cli',
          subject: userId,
          details: { sessionId: sid },
        }),
      );
      await admin.delete(`/user/sessions/${String(sid)}`).expect(204);
      await admin.get('/admin/outbox').expect(401);
    });

    it('ends with the access of the admin', async () => {
      const { email, userId } = await someone();
      const token = await tokenFor(email);
      await app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
      await app.http.as(token).get('/admin/outbox').expect(401);
      await expect(tokenFor(email)).rejects.toThrow('This account is blocked');
    });

    it('is only for admins that exist', async () => {
      for (const role of ['CUSTOMER', 'COURIER'] as const) {
        const { email } = await someone(role);
        await expect(tokenFor(email)).rejects.toThrow('No admin has this e-mail address');
      }
      await expect(tokenFor('unknown@example.com')).rejects.toThrow('No admin has this e-mail address');
    });

    it('needs a code of the second factor, if the admin has one', async () => {
      const { email } = await someone();
      const first = app.http.as(await tokenFor(email));
      const { body: setUp } = await first.post('/user/mfa/setup', { password: 'milk-before-dawn' }).expect(200);
      const totp = new TOTP({ secret: Secret.fromBase32((setUp as { secret: string }).secret) });
      const codeOf = (stepsAhead: number) => totp.generate({ timestamp: app.clock.realNow() + stepsAhead * 30_000 });
      await first.post('/user/mfa/confirm', { code: codeOf(0) }).expect(200);

      const [, nextStep, token] = await linesOf(['token', '--email', email]);
      expect(nextStep).toBe('First send a code of the second factor to POST /user/mfa/verify.');
      const second = app.http.as(token ?? '');
      expect((await second.get('/admin/outbox').expect(403)).body.code).toBe('auth.mfa_required');
      await second.post('/user/mfa/verify', { code: codeOf(1) }).expect(204);
      await second.get('/admin/outbox').expect(200);
    });

    it('proves no second factor, which a dairy may require', async () => {
      const strict = await TestApp.start({ ADMIN_MFA: 'required' });
      try {
        const { email } = await someone('ADMIN', strict);
        const lines: string[] = [];
        const token = operationOf(['token', '--email', email], { isLogged: false });
        await token?.({ app: strict.nest, print: (line) => lines.push(line) });
        expect(lines[1]).toBe('ADMIN_MFA is required: first set up a second factor at POST /user/mfa/setup.');
        const { body } = await strict.http
          .as(lines[2] ?? '')
          .get('/admin/outbox')
          .expect(403);
        expect(body.code).toBe('auth.mfa_required');
      } finally {
        await strict.stop();
      }
    });

    it('is printed in production only for the holder of a key', async () => {
      const { email } = await someone();
      await expect(linesOf(['token', '--email', email], true)).rejects.toThrow('the token must be encrypted');
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
      const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
      const lines = await linesOf(['token', '--email', email, '--public-key', key], true);
      expect(lines.join()).not.toContain('eyJ');
      const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
      const token = privateDecrypt(
        { key: privateKey, ...padding },
        Buffer.from(lines.at(-1) ?? '', 'base64'),
      ).toString();
      await app.http.as(token).get('/admin/outbox').expect(200);
    });
  });

  it.each([
    [['milk'], 'There is no command milk.'],
    [['dead', '--redrive'], 'Name a queue'],
    [['dead', 'analytics', '--redrive', '--drop'], 'Choose --redrive or --drop.'],
    [['dead', 'analytics', '--redrive', '--older-than', '1h'], '--older-than and --yes go with --drop.'],
    [['dead', 'analytics', '--redrive', '--per-second', '0'], '--per-second must be a whole number from 1 to 100.'],
    [['dead', 'analytics', '--drop', '--yes'], '--drop needs --older-than, such as 30m, 24h or 7d.'],
    [['dead', 'analytics', '--drop', '--older-than', '1 week'], '--drop needs --older-than'],
    [['dead', 'analytics', 'generation'], 'There are too many arguments.'],
    [['dead', '--email', 'ada@example.com'], 'The command dead does not take --email.'],
    [['events', '--type', 'order.placed'], '--type goes with --retry'],
    [['events', '--retry', '--type', 'milk.spilt'], '--type goes with --retry'],
    [['token'], 'Name an admin'],
    [['token', '--email', 'ada@example.com', '--public-key', 'MIIB'], '--public-key must be an RSA key of 4096 bits'],
    [['--nonsense'], "Unknown option '--nonsense'."],
  ])('refuses %j', (args, problem) => {
    expect(() => operationOf(args, { isLogged: false })).toThrow(problem);
  });

  it.each([[[]], [['--help']], [['dead', '--help']]])('shows help for %j', (args: string[]) => {
    expect(operationOf(args, { isLogged: false })).toBeUndefined();
  });
});
