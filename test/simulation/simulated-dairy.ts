import { setTimeout as pause } from 'node:timers/promises';
import { Calendar } from '../../src/kernel/calendar';
import { Scheduler } from '../../src/modules/scheduler';
import { IdleMonitor } from '../../src/platform/idle-monitor';
import { SharedSettings } from '../../src/platform/shared-settings';
import { FixedBusinessClock } from '../support/clocks/fixed-business-clock';
import { SeededRandom } from '../support/seeded-random';
import { TestApp } from '../support/test-app';
import { RandomFaultProxy } from './random-fault-proxy';
import { CASH_LIMITS } from './reference-model';
import { WorkerPool } from './worker-pool';

export interface DairyOptions {
  readonly seed: number;
  /** Whether the workers are processes that are killed at random. */
  readonly crash?: boolean;
  /** Whether DynamoDB and the queues inject faults. */
  readonly faults?: boolean;
}

/** The clocks go forward on 29 March 2026. */
const ZONE = 'Europe/Berlin';
/** The workers read the clock every second. */
const CLOCK_PROPAGATION_MILLISECONDS = 1_500;
const POLL_INTERVAL_MILLISECONDS = 100;
const MAX_ATTEMPTS = 40;

/** The program under simulation: the app, its clock, the worker processes and the fault proxies. */
export class SimulatedDairy {
  private constructor(
    readonly app: TestApp,
    private readonly clock: FixedBusinessClock,
    private readonly faultProxies: readonly RandomFaultProxy[],
    private readonly workers?: WorkerPool,
  ) {}

  /** Starts at noon. Faults and kills use their own random numbers, so that the customers' actions do not depend on them. */
  static async start({ seed, crash, faults }: DairyOptions, firstDay: string): Promise<SimulatedDairy> {
    const random = new SeededRandom(seed + 1);
    const endpoints = faults ? ['DYNAMODB_ENDPOINT', 'SQS_ENDPOINT', 'SNS_ENDPOINT'] : [];
    const faultProxies = await Promise.all(
      endpoints.map((name) => RandomFaultProxy.start(process.env[name] ?? '', random)),
    );
    const environment = {
      BUSINESS_TIMEZONE: ZONE,
      COD_LIMIT_FIRST: String(CASH_LIMITS.first),
      COD_LIMIT: String(CASH_LIMITS.later),
      OUTBOX_SWEEP_AFTER_SECONDS: '2',
      QUEUE_RETRY_SECONDS: '1',
      QUEUE_LEASE_SECONDS: '3',
      ...Object.fromEntries(endpoints.map((name, index) => [name, faultProxies[index]?.url ?? ''])),
    };
    const clock = new FixedBusinessClock(new Calendar(ZONE).instantAt(firstDay, '12:00'));
    const app = await TestApp.start({ ...environment, ...(crash && { APP_ROLES: 'api' }) }, { clock });
    await app.get<SharedSettings>(SharedSettings).moveClock(clock.offsetTo(clock.now()));
    const workerEnvironment = { ...environment, TABLE_PREFIX: app.config.tablePrefix };
    const workers = crash ? await WorkerPool.start(workerEnvironment, new SeededRandom(seed + 2)) : undefined;
    return new SimulatedDairy(app, clock, faultProxies, workers);
  }

  async stop(): Promise<void> {
    await this.workers?.stop();
    await this.app.stop();
    await Promise.all(this.faultProxies.map((proxy) => proxy.stop()));
  }

  /** Number of workers killed so far. */
  get kills(): number {
    return this.workers?.kills ?? 0;
  }

  /** Number of faults injected so far. */
  get faults(): number {
    return this.faultProxies.reduce((sum, { faultCount }) => sum + faultCount, 0);
  }

  pauseFaults(isPaused: boolean): void {
    for (const proxy of this.faultProxies) proxy.isPaused = isPaused;
  }

  async killWorkers(maxKills: number): Promise<void> {
    await this.workers?.killRandomly(maxKills);
  }

  async moveClock(date: string, time: string): Promise<void> {
    const at = this.app.get<Calendar>(Calendar).instantAt(date, time);
    this.clock.set(at);
    if (this.workers)
      await retryUntilSuccess(() => this.app.get<SharedSettings>(SharedSettings).moveClock(this.clock.offsetTo(at)));
  }

  /** Moves the clock and runs everything that is due by then, while workers may be killed. */
  async advanceTo(date: string, time: string): Promise<void> {
    await this.moveClock(date, time);
    if (this.workers) await pause(CLOCK_PROPAGATION_MILLISECONDS);
    await this.app.get<Scheduler>(Scheduler).runDueTasks();
    await this.killWorkers(2);
    await this.settled();
  }

  /** Waits until no component is busy. Polls slowly, to leave the CPU to the workers. */
  async settled(): Promise<void> {
    const busyComponent = () => retryUntilSuccess(() => this.app.get<IdleMonitor>(IdleMonitor).findBusyComponent());
    for (let busy = await busyComponent(); busy; busy = await busyComponent()) {
      if (busy === 'daily orders') await this.app.get<Scheduler>(Scheduler).runDueTasks();
      await pause(POLL_INTERVAL_MILLISECONDS);
    }
  }
}

/** Retries work that meets injected faults. */
async function retryUntilSuccess<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS) throw error;
      await pause(POLL_INTERVAL_MILLISECONDS);
    }
  }
}
