import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Logger } from '@nestjs/common';
import type { EventOf } from '../../../src/events/event-map';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { TestApp } from '../../support/test-app';
import { registerUser } from './registered-user';

/** Records the users to whom a reset would be mailed. */
class ResetRequestRecorder {
  readonly userIds: string[] = [];

  @Subscribe('user.password_reset_requested', { as: 'test.note' })
  async record({ userId }: EventOf<'user.password_reset_requested'>): Promise<void> {
    this.userIds.push(userId);
  }
}

describe('password reset requests', () => {
  let app: TestApp;
  const recorder = new ResetRequestRecorder();
  beforeAll(async () => {
    app = await TestApp.start(
      { RATE_LIMITS: 'off' },
      { providers: [{ provide: ResetRequestRecorder, useValue: recorder }] },
    );
  });
  afterAll(() => app.stop());
  afterEach(() => {
    app.get<DynamoDB>(DynamoDB).middlewareStack.remove('accounts');
    jest.restoreAllMocks();
  });

  const forgot = (email: string) => app.http.post('/user/password/forgot', { email }).expect(202);
  const logged = (level: 'warn' | 'error') => jest.spyOn(Logger.prototype, level).mockImplementation();
  /** Runs an action before every read of the account of an e-mail. */
  const beforeAccountRead = (action: () => void | Promise<void>) =>
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next) => async (args) => {
        const { TableName = '' } = args.input as { TableName?: string };
        if (TableName.endsWith('UserEmails')) await action();
        return next(args);
      },
      { step: 'initialize', name: 'accounts' },
    );

  it('are retried when the database briefly does not answer', async () => {
    const { email, userId } = await registerUser(app);
    const errors = logged('error');
    let failures = 3;
    beforeAccountRead(() => {
      if (failures-- > 0) throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    });
    await forgot(email);
    await app.settled();
    expect(failures).toBe(-1);
    expect(recorder.userIds).toEqual([userId]);
    expect(errors).not.toHaveBeenCalled();
  });

  it('fail after five attempts with a logged error that does not contain the e-mail', async () => {
    const { email } = await registerUser(app);
    const [errors, warnings] = [logged('error'), logged('warn')];
    let attempts = 0;
    beforeAccountRead(() => {
      attempts++;
      throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    });
    await forgot(email);
    await app.settled();
    expect(attempts).toBe(5);
    expect(errors.mock.calls).toEqual([
      [{ err: expect.objectContaining({ name: 'TimeoutError' }) }, 'Reset mail not sent'],
    ]);
    expect(warnings).not.toHaveBeenCalled();
    expect(JSON.stringify(errors.mock.calls)).not.toContain(email);
  });

  it('run four at a time while two hundred wait; any more get the same response but are dropped', async () => {
    const warnings = logged('warn');
    let [running, most, served] = [0, 0, 0];
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    beforeAccountRead(async () => {
      most = Math.max(most, ++running);
      await gate;
      served++;
      running--;
    });
    const responses = await Promise.all(Array.from({ length: 210 }, (_, n) => forgot(`unknown${n}@example.com`)));
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(running).toBe(4);
    open();
    await app.settled();
    expect([most, served]).toEqual([4, 204]);
    expect(warnings.mock.calls).toEqual(Array(6).fill(['Reset mail dropped, queue full']));
  });
});
