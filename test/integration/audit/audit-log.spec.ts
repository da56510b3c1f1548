import { Logger } from '@nestjs/common';
import type supertest from 'supertest';
import { AuditLog } from '../../../src/modules/audit';
import { AuditSubscribers } from '../../../src/modules/audit/audit.subscribers';
import { UserService } from '../../../src/modules/user';
import { newEventId } from '../../../src/kernel/ids';
import { EventBus } from '../../../src/platform/events/event-bus';
import { Outbox } from '../../../src/platform/events/outbox';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import type { TestUser } from '../../support/fixtures/order-steps';
import { anOrder } from '../../support/fixtures/orders';
import { publishEvent } from '../../support/fixtures/publish-event';
import { TestApp } from '../../support/test-app';

const NOW = '2026-12-01T04:30:00Z';
const PASSWORD = 'milk-before-dawn';

interface Entry {
  readonly entryId: string;
  readonly action: string;
  readonly by?: string;
  readonly subject: string;
  readonly details: Record<string, unknown>;
}

describe('the audit log', () => {
  let app: TestApp;
  let admin: TestUser;
  let people = 0;
  beforeAll(async () => {
    app = await TestApp.start({ METRICS_NAMESPACE: 'Test' }, { clock: new FixedBusinessClock(NOW) });
    admin = app.as('ADMIN');
  });
  afterAll(() => app.stop());

  async function aCustomer() {
    const email = `vani${++people}@milkround.test`;
    const person = { name: 'Vani Vaidya', email, address: '9 Hidden Lane', phone: '+919876543210' };
    const { userId } = await app.get<UserService>(UserService).create(person, 'CUSTOMER', PASSWORD);
    return { email, userId };
  }
  async function list(query: Record<string, unknown>): Promise<Entry[]> {
    await app.settled();
    return (await admin.get('/admin/audit', query).expect(200)).body as Entry[];
  }
  /** All pages of a list. Each may be short. */
  async function pagesOf(query: Record<string, unknown>): Promise<Entry[][]> {
    const pages: Entry[][] = [];
    for (let url: string | undefined = `/admin/audit?${new URLSearchParams(query as never).toString()}`; url;) {
      const { body, headers }: supertest.Response = await admin.get(url).expect(200);
      pages.push(body as Entry[]);
      url = /<(.*)>/.exec(headers.link ?? '')?.[1];
    }
    return pages;
  }
  const record = (at: string, { by, subject }: { by?: string; subject: string }) =>
    app
      .get<AuditLog>(AuditLog)
      .record({ entryId: newEventId(), at, action: 'test.done', by, subject, requestId: 'R1', details: {} });

  it('records sign-ins and password changes with the person who did them', async () => {
    const { email, userId } = await aCustomer();
    const { body } = await app.http.post('/user/login', { email, password: PASSWORD }).expect(200);
    await app.http
      .as((body as { accessToken: string }).accessToken)
      .post('/user/password/change', { currentPassword: PASSWORD, newPassword: `${PASSWORD}!` })
      .expect(204);
    expect(await list({ subject: userId })).toMatchObject([
      { action: 'user.password_changed', by: userId, byRole: 'CUSTOMER', subject: userId },
      { action: 'user.logged_in', by: userId, byRole: 'CUSTOMER', subject: userId },
    ]);
  });

  it('records the new and the old role, and every block', async () => {
    const { userId } = await aCustomer();
    await admin.patch(`/admin/users/${userId}`, { role: 'ADMIN', name: 'Vani' }).expect(200);
    await admin.patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
    await admin.patch(`/admin/users/${userId}`, { blocked: false }).expect(200);
    const entries = await list({ subject: userId });
    expect(entries.map(({ action, by }) => [action, by]).sort()).toEqual([
      ['user.blocked', admin.userId],
      ['user.role_changed', admin.userId],
      ['user.unblocked', admin.userId],
      ['user.updated', admin.userId],
    ]);
    expect(entries.find(({ action }) => action === 'user.role_changed')?.details).toEqual({
      role: 'ADMIN',
      previousRole: 'CUSTOMER',
    });
    expect(entries.find(({ action }) => action === 'user.updated')?.details).toEqual({ changed: ['name'] });
  });

  it('records nothing if an admin changes nothing', async () => {
    const { userId } = await aCustomer();
    await admin.patch(`/admin/users/${userId}`, { blocked: false, role: 'CUSTOMER' }).expect(200);
    expect(await list({ subject: userId })).toEqual([]);
  });

  it('records adjustments, and shows the admin in the ledger only to admins', async () => {
    const { userId } = await aCustomer();
    const customer = app.as('CUSTOMER', userId);
    await admin.post('/admin/wallet/adjust', { userId, amount: 49.5, reason: 'For Vani Vaidya' }).expect(201);
    expect(await list({ subject: userId })).toMatchObject([
      { action: 'wallet.adjusted', by: admin.userId, details: { amount: 49.5, entryId: expect.any(String) } },
    ]);
    const ledgerOf = async (client: TestUser) =>
      ((await client.get('/wallet/ledger', { userId }).expect(200)).body as object[])[0];
    expect(await ledgerOf(admin)).toMatchObject({ amount: 49.5, by: admin.userId });
    expect(await ledgerOf(customer)).not.toHaveProperty('by');
  });

  it('counts new admins and adjusted wallets for the alarms, each once', async () => {
    const { userId } = await aCustomer();
    const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    const adjust = (amount: number) => admin.post('/admin/wallet/adjust', { userId, amount, reason: 'Correction' });
    await adjust(50).expect(201);
    await adjust(-20.5).expect(201);
    await admin.patch(`/admin/users/${userId}`, { role: 'COURIER' }).expect(200);
    await admin.patch(`/admin/users/${userId}`, { role: 'ADMIN' }).expect(200);
    const promotion = (await list({ subject: userId })).find(({ details }) => details.role === 'ADMIN');
    await app.get<AuditLog>(AuditLog).record(promotion as Entry & { at: string; requestId: string });
    const counted = (name: string) =>
      log.mock.calls.flatMap(([fields]) => (fields as Record<string, number>)[name] ?? []);
    expect(counted('AdminAdded')).toEqual([1]);
    expect(counted('WalletAdjusted')).toEqual([1, 1]);
    expect(new Set(counted('WalletAdjustedAmount'))).toEqual(new Set([50, 20.5]));
    log.mockRestore();
  });

  it('shows who changed an order and its delivery only to admins', async () => {
    const { orderId, deliveryId, customer } = await anOrder(app);
    await admin.patch('/admin/order/status', { orderId, status: 'PACKED' }).expect(200);
    await admin.patch('/delivery/update', { deliveryId, status: 'PICKED_UP' }).expect(200);
    const historyOf = async (client: TestUser, path: string, query = {}) =>
      (await client.get(path, query).expect(200)).body.history as { status: string; by?: string }[];
    const bySeen = (history: { status: string; by?: string }[]) => history.map(({ status, by }) => [status, by]);
    expect(bySeen(await historyOf(admin, '/order/track', { orderId }))).toEqual([
      ['CREATED', customer.userId],
      ['CONFIRMED', customer.userId],
      ['PACKED', admin.userId],
      ['DISPATCHED', admin.userId],
    ]);
    expect(bySeen(await historyOf(admin, `/delivery/${deliveryId}`))).toEqual([
      ['ASSIGNED', undefined],
      ['PICKED_UP', admin.userId],
    ]);
    for (const [path, query] of [['/order/track', { orderId }] as const, [`/delivery/${deliveryId}`, {}] as const]) {
      expect(JSON.stringify(await historyOf(customer, path, query))).not.toContain('"by"');
    }
  });

  it('contains no names, addresses, reasons or passwords', async () => {
    const { userId } = await aCustomer();
    await admin.patch('/user/profile', { userId, name: 'Vani Vaidya', address: '9 Hidden Lane' }).expect(200);
    await admin.post('/admin/wallet/adjust', { userId, amount: 5, reason: 'For Vani Vaidya' }).expect(201);
    await app.settled();
    const stored = JSON.stringify(await app.allStored('AuditLog'));
    for (const text of ['Vaidya', 'Hidden', '9876543210', '@milkround.test', PASSWORD]) {
      expect(stored).not.toContain(text);
    }
  });

  it('has one entry for an event that is delivered twice', async () => {
    const event = app.get<Outbox>(Outbox).withMetadata({ type: 'user.blocked', userId: 'U-TWICE' } as const);
    const publish = () => app.get<EventBus>(EventBus).publish(event, new Set(['audit.record']));
    await Promise.all([publish(), publish()]);
    await publish();
    expect(await list({ subject: 'U-TWICE' })).toHaveLength(1);
  });

  it('never replaces an entry', async () => {
    const at = '2026-11-19T06:00:00Z';
    const subject = newEventId();
    const entry = { entryId: newEventId(), at, action: 'test.done', subject, requestId: 'R1', details: {} };
    await app.get<AuditLog>(AuditLog).record({ ...entry, by: 'U-FIRST' });
    await app.get<AuditLog>(AuditLog).record({ ...entry, by: 'U-SECOND' });
    expect(await list({ subject })).toMatchObject([{ by: 'U-FIRST' }]);
  });

  it('keeps an entry until it expires', async () => {
    await publishEvent(app, AuditSubscribers, { type: 'user.blocked', userId: 'U-KEPT' });
    const rows = await app.allStored<{ subject: string; expiresAt: number }>('AuditLog');
    const expiresAt = rows.find(({ subject }) => subject === 'U-KEPT')?.expiresAt;
    expect(expiresAt).toBe(Date.parse(NOW) / 1_000 + 400 * 24 * 60 * 60);
  });

  it('pages through the entries of an actor, newest first, each once', async () => {
    const [by, other] = [newEventId(), newEventId()];
    for (let minute = 10; minute < 22; minute++) {
      await record(`2026-11-20T10:${minute}:00Z`, { by, subject: `O${minute}` });
      await record(`2026-11-20T10:${minute}:00Z`, { by: other, subject: `P${minute}` });
    }
    const pages = await pagesOf({ actor: by, limit: 5 });
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    expect(pages.flat().map(({ subject }) => subject)).toEqual(
      Array.from({ length: 12 }, (_, index) => `O${21 - index}`),
    );
  });

  it('filters by subject, by actor and by date at the same time', async () => {
    const [by, other, subject] = [newEventId(), newEventId(), newEventId()];
    // 2026-11-21T18:30Z is midnight in Kolkata.
    await record('2026-11-21T18:29:59Z', { by, subject });
    await record('2026-11-21T18:30:00Z', { by, subject });
    await record('2026-11-21T18:30:00Z', { by: other, subject });
    await record('2026-11-22T18:29:59Z', { by, subject });
    await record('2026-11-22T18:30:00Z', { by, subject });
    expect(await list({ subject, from: '2026-11-22', to: '2026-11-22' })).toHaveLength(3);
    expect(await list({ actor: by, from: '2026-11-22', to: '2026-11-22' })).toHaveLength(2);
    expect(await list({ actor: by, subject, from: '2026-11-22' })).toHaveLength(3);
    expect(await list({ actor: other, subject })).toHaveLength(1);
  });

  it('pages through a period day by day, also across days without entries', async () => {
    for (const at of ['2026-08-01T06:00:00Z', '2026-08-01T07:00:00Z', '2026-08-02T06:00:00Z', '2026-08-30T06:00:00Z']) {
      await record(at, { subject: at });
    }
    const pages = await pagesOf({ from: '2026-07-01', to: '2026-08-31', limit: 2 });
    expect(pages.flat().map(({ subject }) => subject)).toEqual([
      '2026-08-30T06:00:00Z',
      '2026-08-02T06:00:00Z',
      '2026-08-01T07:00:00Z',
      '2026-08-01T06:00:00Z',
    ]);
    expect(pages.length).toBeGreaterThan(2);
  });

  it('shows the last seven days by default', async () => {
    const [inside, outside] = [newEventId(), newEventId()];
    await record('2026-11-25T06:00:00Z', { subject: inside });
    await record('2026-11-24T06:00:00Z', { subject: outside });
    const subjects = (await pagesOf({ limit: 100 })).flat().map(({ subject }) => subject);
    expect(subjects).toContain(inside);
    expect(subjects).not.toContain(outside);
  });

  it.each([
    ['a period that ends before it begins', { from: '2026-12-02', to: '2026-12-01' }],
    ['more than 366 days of everything', { from: '2025-11-30', to: '2026-12-01' }],
    ['the cursor of another list', { cursor: Buffer.from('{"before":"O101"}').toString('base64url') }],
    ['a cursor that is no date', { cursor: Buffer.from('{"before":"2026-19-39T00:00:00Z~"}').toString('base64url') }],
  ])('refuses %s', async (_, query) => {
    expect((await admin.get('/admin/audit', query).expect(400)).body.code).toBe('request.invalid');
  });
});
