import { Injectable } from '@nestjs/common';
import type { ProductAdded } from '../../../src/events/product.events';
import { OutboxAdminService } from '../../../src/modules/operations/outbox-admin.service';
import { newProductId } from '../../../src/modules/product/domain/ids';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import { Outbox, type OutboxRow } from '../../../src/platform/events/outbox';
import { OutboxSweep } from '../../../src/platform/events/outbox-sweep';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { aProduct, type TestUser } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

const TEN_MINUTES = 10 * 60_000;

@Injectable()
class FlakySubscriber {
  isFailing = false;
  received: string[] = [];

  @Subscribe('product.added', { as: 'baker.bake' })
  async handle({ productId }: ProductAdded): Promise<void> {
    if (this.isFailing) throw new Error('not available');
    this.received.push(productId);
  }
}

describe('the outbox', () => {
  let app: TestApp;
  let admin: TestUser;
  let baker: FlakySubscriber;
  const clock = new ManualRealClock();
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [FlakySubscriber], clock });
    admin = app.as('ADMIN');
    baker = app.get(FlakySubscriber);
  });
  beforeEach(() => (baker.isFailing = true));
  afterEach(async () => {
    baker.isFailing = false;
    await admin.post('/admin/outbox/retry').expect(200);
    clock.advance(TEN_MINUTES);
    await app.settled();
    baker.received = [];
  });
  afterAll(() => app.stop());

  async function shown(state: string): Promise<{ outboxId: string }[]> {
    return (await admin.get('/admin/outbox', { state }).expect(200)).body as { outboxId: string }[];
  }

  /** Rows whose events failed at the baker, parked as after the last attempt. */
  async function parked(count: number): Promise<void> {
    const outbox = app.get<Outbox>(Outbox);
    const rows = await waiting(count);
    await Promise.all(rows.map((row) => outbox.park(row, row.failed ?? [])));
  }

  /** Rows whose events failed once at the baker. */
  async function waiting(count: number): Promise<readonly OutboxRow[]> {
    for (let i = 0; i < count; i++) await aProduct(app, { productId: newProductId() });
    await app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
    return (await app.get<OutboxAdminService>(OutboxAdminService).list('waiting', { limit: 100 })).items;
  }

  it('shows waiting events, their subscribers and their next attempt', async () => {
    await waiting(1);
    expect(await shown('waiting')).toEqual([
      {
        outboxId: expect.any(String),
        events: [{ eventId: expect.any(String), type: 'product.added', occurredAt: expect.any(String) }],
        failed: [{ subscriber: 'baker.bake', error: 'Error: not available' }],
        attempts: 1,
        nextAttemptAt: expect.stringMatching(/Z$/),
      },
    ]);
    expect((await admin.get('/admin/outbox').expect(200)).body).toEqual([]);
  });

  it('retries all parked events, only for the subscribers that failed', async () => {
    await parked(3);
    const rows = await shown('parked');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({ attempts: 1, failed: [{ subscriber: 'baker.bake' }] });
    expect(rows[0]).not.toHaveProperty('nextAttemptAt');
    await admin.get('/admin/settled').expect(200);

    baker.isFailing = false;
    expect((await admin.post('/admin/outbox/retry').expect(200)).body).toEqual({ retried: 3 });
    await app.settled();
    expect(new Set(baker.received).size).toBe(3);
    expect(baker.received).toHaveLength(3);
    expect([...(await shown('parked')), ...(await shown('waiting'))]).toEqual([]);
  });

  it('retries only the named events', async () => {
    await parked(3);
    const outboxId = (await shown('parked'))[0]?.outboxId;
    baker.isFailing = false;
    const { body } = await admin.post('/admin/outbox/retry', { outboxIds: [outboxId, 'UNKNOWN'] }).expect(200);
    expect(body).toEqual({ retried: 1 });
    await app.settled();
    expect(baker.received).toHaveLength(1);
    expect(await shown('parked')).toHaveLength(2);
  });

  it('retries a row once when two admins retry it at once', async () => {
    await parked(1);
    const outbox = app.get<Outbox>(Outbox);
    const row = (await outbox.listParked({ limit: 1 })).items[0] as OutboxRow;
    const sent = await Promise.all([outbox.unpark(row), outbox.unpark(row)]);
    expect(sent.map((due) => due !== undefined).sort()).toEqual([false, true]);
    expect(await shown('waiting')).toHaveLength(1);
  });

  it('keeps a retried row whose subscriber no longer exists', async () => {
    const outbox = app.get<Outbox>(Outbox);
    const [row] = (await waiting(1)) as [OutboxRow];
    await outbox.park(row, [{ eventId: row.outboxId, subscriber: 'Butcher.cut', error: 'Error: not available' }]);
    baker.isFailing = false;
    expect((await admin.post('/admin/outbox/retry').expect(200)).body).toEqual({ retried: 1 });
    await app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
    await app.get<OutboxSweep>(OutboxSweep).sweep();
    const failed = [{ subscriber: 'Butcher.cut', error: 'Error: No subscriber of that name in this version' }];
    expect(await shown('waiting')).toMatchObject([{ attempts: 1, failed }]);
    for (let attempt = 1; attempt < 12; attempt++) {
      clock.advance(TEN_MINUTES);
      await app.get<OutboxSweep>(OutboxSweep).sweep();
    }
    expect(await shown('parked')).toMatchObject([{ attempts: 12, failed }]);
    await outbox.complete((await outbox.listParked({ limit: 1 })).items[0] as OutboxRow);
  });

  it('is paged', async () => {
    await parked(3);
    const page = await admin.get('/admin/outbox', { limit: 2 }).expect(200);
    expect(page.body).toHaveLength(2);
    const address = /<(.*)>/.exec(page.headers.link ?? '')?.[1] ?? '';
    expect((await admin.get(address).expect(200)).body).toHaveLength(1);
  });

  it('refuses invalid parameters, and anyone but an admin', async () => {
    await admin.get('/admin/outbox', { state: 'lost' }).expect(400);
    await admin.post('/admin/outbox/retry', { outboxIds: [] }).expect(400);
    await admin.post('/admin/outbox/retry', { outboxIds: 'all' }).expect(400);
    await app.as('CUSTOMER').get('/admin/outbox').expect(403);
    await app.as('COURIER').post('/admin/outbox/retry').expect(403);
  });
});
