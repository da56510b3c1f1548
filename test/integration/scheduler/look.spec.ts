import { Logger } from '@nestjs/common';
import type { RunCoordinator } from '../../../src/modules/generation';
import type { OrderCancellation } from '../../../src/modules/order';
import type { PaymentSettlement } from '../../../src/modules/payment';
import { Scheduler } from '../../../src/modules/scheduler';
import { Clock } from '../../../src/platform/clock';
import { readConfig } from '../../../src/platform/config/config';
import { IdleMonitor } from '../../../src/platform/idle-monitor';
import { ShutdownSignal } from '../../../src/platform/shutdown/shutdown-signal';
import { Metrics } from '../../../src/platform/telemetry/metrics';

/** A duty that ends when it is told to, and says how often it was begun. */
class Duty {
  begun = 0;
  private readonly ends: (() => void)[] = [];

  run = (): Promise<void> => {
    this.begun++;
    return new Promise<void>((resolve) => this.ends.push(resolve));
  };

  async end(): Promise<void> {
    this.ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function schedulerOf(run: () => Promise<void>, { roles = 'scheduler', milk = () => Promise.resolve() } = {}) {
  const idleness = new IdleMonitor();
  const payments = { reconcile: run } as PaymentSettlement;
  const orders = { expireUnpaid: () => Promise.resolve() } as OrderCancellation;
  const generation = { ensureProgress: milk } as RunCoordinator;
  const config = readConfig({ APP_ROLES: roles, DYNAMODB_ENDPOINT: 'http://localhost:8000' });
  const metrics = new Metrics(new Clock(), config);
  return {
    idleness,
    scheduler: new Scheduler(payments, orders, generation, idleness, new ShutdownSignal(), metrics, config),
  };
}

describe('a look of the scheduler', () => {
  beforeAll(() => void Logger.overrideLogger(false));

  it('never overlaps another: those asked for meanwhile are one more, afterwards', async () => {
    const duty = new Duty();
    const { scheduler, idleness } = schedulerOf(duty.run);
    const ended: string[] = [];
    const first = scheduler.runDueDuties().then(() => ended.push('first'));
    const others = [1, 2, 3].map(() => scheduler.runDueDuties().then(() => ended.push('other')));
    expect(duty.begun).toBe(1);
    expect(await idleness.findBusyComponent()).toBe('scheduler');

    await duty.end();
    expect(ended).toEqual(['first']);
    expect(duty.begun).toBe(2);
    await duty.end();
    await Promise.all([first, ...others]);
    expect(duty.begun).toBe(2);
    expect(await idleness.findBusyComponent()).toBeUndefined();
    void scheduler.runDueDuties();
    expect(duty.begun).toBe(3);
  });

  it('ends well when a duty fails, and the next one tries again', async () => {
    let tries = 0;
    const { scheduler } = schedulerOf(async () => {
      tries++;
      throw new Error('the database is away');
    });
    await scheduler.runDueDuties();
    await scheduler.runDueDuties();
    expect(tries).toBe(2);
  });

  it('sees to the daily orders at its time, however slow a gateway is', async () => {
    const gateway = new Duty();
    const milk = new Duty();
    const { scheduler } = schedulerOf(gateway.run, { milk: milk.run });
    for (const nudge of [1, 2]) {
      void scheduler.runDueDuties();
      expect(milk.begun).toBe(nudge);
      await milk.end();
    }
    expect(gateway.begun).toBe(1);
  });

  it('is waited for at shutdown', async () => {
    const duty = new Duty();
    const { scheduler } = schedulerOf(duty.run);
    void scheduler.runDueDuties();
    let isDown = false;
    const down = scheduler.beforeApplicationShutdown().then(() => (isDown = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDown).toBe(false);
    await duty.end();
    await down;
    expect(isDown).toBe(true);
  });

  it.each([
    ['scheduler', 1],
    ['api,worker', 0],
  ])('comes by itself in the role %s %i times', (roles, times) => {
    const duty = new Duty();
    schedulerOf(duty.run, { roles }).scheduler.tick();
    expect(duty.begun).toBe(times);
  });
});
