import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Injectable } from '@nestjs/common';
import type { ProductUpdated } from '../../../src/events/product.events';
import { firstEventIdAt } from '../../../src/kernel/ids';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import { Outbox } from '../../../src/platform/events/outbox';
import { OutboxSweep } from '../../../src/platform/events/outbox-sweep';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { TestApp } from '../../support/test-app';

@Injectable()
class FlakySubscriber {
  readonly received: string[] = [];
  failures = 0;

  @Subscribe('product.updated', { as: 'flaky.take' })
  async take({ productId }: ProductUpdated): Promise<void> {
    if (this.failures-- > 0) throw new Error('not now');
    this.received.push(productId);
  }
}

/** Long enough for a row to be taken over, whenever in this test it was written. */
const TAKEOVER = 60_000;

describe('the sweep of the outbox', () => {
  const clock = new ManualRealClock();
  let worker: TestApp;
  let api: TestApp;
  beforeAll(async () => {
    const parts = { providers: [FlakySubscriber], clock };
    worker = await TestApp.start({ APP_ROLES: 'worker' }, parts);
    api = await TestApp.start({ APP_ROLES: 'api', TABLE_PREFIX: worker.config.tablePrefix }, parts);
  });
  afterAll(() => Promise.all([api.stop(), worker.stop()]));

  const updated = (productId: string) => [{ type: 'product.updated', productId, changed: [] }] as const;
  const receivedBy = (app: TestApp) => app.get<FlakySubscriber>(FlakySubscriber).received;
  const sweepOf = (app: TestApp) => app.get<OutboxSweep>(OutboxSweep);

  /** Commits rows that are never relayed, as after a crash. */
  async function leaveRows(count: number, productId = 'P'): Promise<void> {
    const outbox = worker.get<Outbox>(Outbox);
    for (let left = 0; left < count; left += 50) {
      const rows = Array.from({ length: Math.min(50, count - left) }, () => outbox.createRow(updated(productId)));
      await worker.get<Transaction>(Transaction).commit(rows.map((row) => outbox.insert(row)));
    }
  }

  /** The number of rows in the responses to the queries of an app to the outbox. */
  async function rowsRead(app: TestApp, work: () => Promise<void>): Promise<{ queries: number; rows: number }> {
    const counts = { queries: 0, rows: 0 };
    const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
    middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const result = await next(args);
          const { TableName: table = '' } = args.input as { TableName?: string };
          if (commandName === 'QueryCommand' && table.endsWith('Outbox')) {
            counts.queries++;
            counts.rows += (result.output as { Count: number }).Count;
          }
          return result;
        },
      { step: 'initialize', name: 'rows-read' },
    );
    try {
      await work();
    } finally {
      middlewareStack.remove('rows-read');
    }
    return counts;
  }

  it('reads no row that is too young to be due', async () => {
    await leaveRows(200);
    expect(await rowsRead(worker, () => sweepOf(worker).sweep())).toEqual({ queries: 8, rows: 0 });
    clock.advance(TAKEOVER);
    expect((await rowsRead(worker, () => sweepOf(worker).sweep())).rows).toBe(200);
    expect(receivedBy(worker)).toHaveLength(200);
    await worker.settled();
  });

  it('runs in a worker, and not in a task that is only an api', async () => {
    await leaveRows(1, 'P-CRASHED');
    clock.advance(TAKEOVER);
    expect(await rowsRead(api, () => sweepOf(api).runDue())).toEqual({ queries: 0, rows: 0 });
    await sweepOf(worker).runDue();
    expect(receivedBy(worker)).toContain('P-CRASHED');
    expect(receivedBy(api)).toEqual([]);
    await worker.settled();
  });

  it('leaves a young row that failed to the task in which it failed', async () => {
    api.get<FlakySubscriber>(FlakySubscriber).failures = 1;
    await api.get<Transaction>(Transaction).commit([], updated('P-FAILED'));
    await api.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
    expect(receivedBy(api)).toEqual([]);
    clock.advance(2_000);
    await sweepOf(api).runDue();
    expect(receivedBy(api)).toEqual(['P-FAILED']);
    await worker.settled();
  });

  it('takes the failed row of a task that crashed afterwards', async () => {
    const outbox = worker.get<Outbox>(Outbox);
    const row = outbox.createRow(updated('P-ORPHAN'));
    await worker.get<Transaction>(Transaction).commit([outbox.insert(row)]);
    const failure = { eventId: row.outboxId, subscriber: 'flaky.take', error: 'Error: not now' };
    await outbox.postpone(row, [failure], 1_000);
    clock.advance(TAKEOVER);
    await sweepOf(worker).runDue();
    expect(receivedBy(worker)).toContain('P-ORPHAN');
    await worker.settled();
  });

  it('waits up to ten seconds when nothing is left, and returns in time for a row that becomes due', async () => {
    await worker.settled();
    clock.advance(TAKEOVER);
    await sweepOf(worker).runDue();
    expect((await rowsRead(worker, () => sweepOf(worker).runDue())).queries).toBe(0);
    clock.advance(10_000);
    expect((await rowsRead(worker, () => sweepOf(worker).runDue())).queries).toBe(8);

    const outbox = worker.get<Outbox>(Outbox);
    // Old enough to be read by the next sweep, and due four seconds after it.
    const row = {
      ...outbox.createRow(updated('P-NEXT')),
      outboxId: firstEventIdAt(clock.realNow() - 15_000),
      nextAttemptAt: clock.realNow() + 14_000,
    };
    await worker.get<Transaction>(Transaction).commit([outbox.insert(row)]);
    clock.advance(10_000);
    await sweepOf(worker).runDue();
    expect(receivedBy(worker)).not.toContain('P-NEXT');
    clock.advance(4_000);
    await sweepOf(worker).runDue();
    expect(receivedBy(worker)).toContain('P-NEXT');
  });

  it('retries the other rows when one cannot be written, and pauses after a sweep that failed', async () => {
    await worker.settled();
    await leaveRows(50, 'P-OTHERS');
    clock.advance(TAKEOVER);
    const { middlewareStack } = worker.get<DynamoDB>(DynamoDB);
    const failing = async (names: readonly string[], times: number, work: () => Promise<void>) => {
      let failures = 0;
      middlewareStack.add(
        (next, { commandName = '' }) =>
          (args) => {
            if (names.includes(commandName) && failures++ < times) throw new Error('not now');
            return next(args);
          },
        { step: 'initialize', name: 'failing' },
      );
      await work().finally(() => middlewareStack.remove('failing'));
      expect(failures).toBeGreaterThan(0);
    };
    await failing(['UpdateItemCommand', 'UpdateCommand'], 1, () => sweepOf(worker).sweep());
    expect(receivedBy(worker).filter((productId) => productId === 'P-OTHERS')).toHaveLength(49);
    clock.advance(TAKEOVER);
    await failing(['QueryCommand'], Infinity, () => sweepOf(worker).sweep());
    expect((await rowsRead(worker, () => sweepOf(worker).runDue())).queries).toBe(0);
    clock.advance(TAKEOVER);
    await sweepOf(worker).runDue();
    expect(receivedBy(worker).filter((productId) => productId === 'P-OTHERS')).toHaveLength(50);
  });

  it('runs after the clock was set back', async () => {
    await worker.settled();
    await sweepOf(worker).sweep();
    clock.advance(-3_600_000);
    await sweepOf(worker).runDue();
    clock.advance(10_000);
    expect((await rowsRead(worker, () => sweepOf(worker).runDue())).queries).toBe(8);
  });
});
