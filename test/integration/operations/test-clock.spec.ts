import { addMinutes } from '../../../src/kernel/calendar';
import type { TestUser } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

describe('the test clock', () => {
  let app: TestApp;
  let admin: TestUser;
  beforeAll(async () => {
    app = await TestApp.start();
    admin = app.as('ADMIN');
  });
  afterAll(() => app.stop());
  afterEach(() => admin.delete('/admin/clock'));

  it('moves forward, and returns the offset', async () => {
    const now = addMinutes(app.clock.now(), 24 * 60);
    const { body } = await admin.put('/admin/clock', { now }).expect(200);
    expect(Date.parse(body.now) - Date.parse(now)).toBeLessThan(5_000);
    expect(body.ahead).toBeGreaterThan(86_390);
    expect(body.ahead).toBeLessThanOrEqual(86_400);
    expect(Date.parse(app.clock.now())).toBeGreaterThanOrEqual(Date.parse(now));
  });

  it('accepts an instant with any offset', async () => {
    const now = addMinutes(app.clock.now(), 600).replace('Z', '+00:00');
    await admin.put('/admin/clock', { now }).expect(200);
  });

  it('never moves back', async () => {
    const later = addMinutes(app.clock.now(), 60);
    await admin.put('/admin/clock', { now: later }).expect(200);
    const { body } = await admin.put('/admin/clock', { now: addMinutes(later, -1) }).expect(409);
    expect(body.code).toBe('clock.backwards');
    expect(Date.parse(app.clock.now())).toBeGreaterThanOrEqual(Date.parse(later));
  });

  it('returns to real time', async () => {
    await admin.put('/admin/clock', { now: addMinutes(app.clock.now(), 600) }).expect(200);
    const { body } = await admin.delete('/admin/clock').expect(200);
    expect(body.ahead).toBe(0);
    expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(5_000);
  });

  it('does not affect tokens', async () => {
    await admin.put('/admin/clock', { now: addMinutes(app.clock.now(), 24 * 60) }).expect(200);
    await admin.get('/admin/outbox').expect(200);
  });

  it.each([{}, { now: 'tomorrow' }, { now: '2026-02-30T00:00:00Z' }, { now: 1 }])('refuses %j', async (body) => {
    const answer = await admin.put('/admin/clock', body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'now' }] });
  });

  it('is for admins only', async () => {
    await app.http.delete('/admin/clock').expect(401);
    await app.as('CUSTOMER').delete('/admin/clock').expect(403);
    await app.as('COURIER').put('/admin/clock', { now: '2099-01-01T00:00:00Z' }).expect(403);
    await app.as('CUSTOMER').get('/admin/settled').expect(403);
  });
});
