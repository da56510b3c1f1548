import { Logger } from '@nestjs/common';
import type { RunCoordinator } from '../../../src/modules/generation';
import type { OrderCancellation } from '../../../src/modules/order';
import type { PaymentFollowUp, PaymentSettlement } from '../../../src/modules/payment';
import type { MonthlyInvoices } from '../../../src/modules/invoice';
import type { DeferredMessages } from '../../../src/modules/notification';
import { Scheduler } from '../../../src/modules/scheduler';
import { Clock } from '../../../src/platform/clock';
import { PLATFORM_SETTINGS } from '../../../src/platform/config/platform.settings';
import { Configuration } from '../../../src/platform/config/configuration';
import { IdleMonitor } from '../../../src/platform/idle-monitor';
import { ShutdownSignal } from '../../../src/platform/shutdown/shutdown-signal';
import { Metrics } from '../../../src/platform/telemetry/metrics';

/** A scheduled task that the test ends, with a count of its starts. */
class ControlledTask {
  startCount = 0;
  private readonly finishers: (() => void)[] = [];

  run = (): Promise<void> => {
    this.startCount++;
    return new Promise<void>((resolve) => this.finishers.push(resolve));
  };

  async finishOne(): Promise<void> {
    this.finishers.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function createScheduler(run: () => Promise<void>, { roles = 'scheduler', milk = () => Promise.resolve() } = {}) {
  const idleness = new IdleMonitor();
  const payments = { reconcile: run } as PaymentSettlement;
  const followUps = { runDue: () => Promise.resolve() } as PaymentFollowUp;
  const orders = { expireUnpaid: () => Promise.resolve() } as OrderCancellation;
  const generation = { ensureProgress: milk } as RunCoordinator;
  const invoices = { ensureProgress: () => Promise.resolve() } as MonthlyInvoices;
  const messages = { sendDue: () => Promise.resolve() } as DeferredMessages;
  const environment = { APP_ROLES: roles, DYNAMODB_ENDPOINT: 'http://localhost:8000' };
  const config = Configuration.read(environment).get(PLATFORM_SETTINGS);
  const metrics = new Metrics(new Clock(), config);
  const parts = [payments, followUps, orders, generation, invoices, messages] as const;
  return { idleness, scheduler: new Scheduler(...parts, idleness, new ShutdownSignal(), metrics, config) };
}

describe('a scheduler run', () => {
  beforeAll(() => void Logger.overrideLogger(false));

  it('never overlaps another: all requests during a run cause one more run', async () => {
    const task = new ControlledTask();
    const { scheduler, idleness } = createScheduler(task.run);
    const ended: string[] = [];
    const first = scheduler.runDueTasks().then(() => ended.push('first'));
    const others = [1, 2, 3].map(() => scheduler.runDueTasks().then(() => ended.push('other')));
    expect(task.startCount).toBe(1);
    expect(await idleness.findBusyComponent()).toBe('scheduler');

    await task.finishOne();
    expect(ended).toEqual(['first']);
    expect(task.startCount).toBe(2);
    await task.finishOne();
    await Promise.all([first, ...others]);
    expect(task.startCount).toBe(2);
    expect(await idleness.findBusyComponent()).toBeUndefined();
    void scheduler.runDueTasks();
    expect(task.startCount).toBe(3);
  });

  it('succeeds when a task fails, and the next run tries the task again', async () => {
    let tries = 0;
    const { scheduler } = createScheduler(async () => {
      tries++;
      throw new Error('The database does not answer');
    });
    await scheduler.runDueTasks();
    await scheduler.runDueTasks();
    expect(tries).toBe(2);
  });

  it('starts the daily orders on time, even if the gateway is slow', async () => {
    const gateway = new ControlledTask();
    const milk = new ControlledTask();
    const { scheduler } = createScheduler(gateway.run, { milk: milk.run });
    for (const nudge of [1, 2]) {
      void scheduler.runDueTasks();
      expect(milk.startCount).toBe(nudge);
      await milk.finishOne();
    }
    expect(gateway.startCount).toBe(1);
  });

  it('finishes before shutdown', async () => {
    const task = new ControlledTask();
    const { scheduler } = createScheduler(task.run);
    void scheduler.runDueTasks();
    let isDown = false;
    const down = scheduler.beforeApplicationShutdown().then(() => (isDown = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDown).toBe(false);
    await task.finishOne();
    await down;
    expect(isDown).toBe(true);
  });

  it.each([
    ['scheduler', 1],
    ['api,worker', 0],
  ])('happens automatically only in the role scheduler: %s', (roles, times) => {
    const task = new ControlledTask();
    createScheduler(task.run, { roles }).scheduler.tick();
    expect(task.startCount).toBe(times);
  });
});
