import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { newEventId } from '../kernel/ids';
import { IdleMonitor } from './idle-monitor';
import { currentContext, runInContext } from './request-context';

const MAX_RUNNING = 1_000;

/** Runs work after the response. Shutdown waits for it, and the idle monitor counts it. */
@Injectable()
export class BackgroundTasks implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(BackgroundTasks.name);
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly idleMonitor: IdleMonitor) {}

  /**
   * Registers late, so that the components whose work runs here report first: they name what is busy more precisely.
   */
  onModuleInit(): void {
    this.idleMonitor.register('background tasks', () => Promise.resolve(this.isIdle));
  }

  get isIdle(): boolean {
    return this.running.size === 0;
  }

  /** False while too many tasks run. Leave work that another process can take over to that process. */
  get hasCapacity(): boolean {
    return this.running.size < MAX_RUNNING;
  }

  /**
   * Runs work after the current turn of the event loop. Failures are only logged: work that must not be lost handles
   * its own.
   */
  run(work: () => Promise<void>): void {
    const requestId = currentContext()?.requestId ?? newEventId();
    const task = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => runInContext({ requestId, background: true }, work))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Background task failed'))
      .finally(() => this.running.delete(task));
    this.running.add(task);
  }

  async waitUntilIdle(): Promise<void> {
    while (!this.isIdle) await Promise.all(this.running);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.waitUntilIdle();
  }
}
