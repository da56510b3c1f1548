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

  /** After the parts whose work this is have registered themselves: they say more precisely what is busy. */
  onModuleInit(): void {
    this.idleMonitor.register('background tasks', () => Promise.resolve(this.isIdle));
  }

  get isIdle(): boolean {
    return this.running.size === 0;
  }

  /** False while so many tasks run that one which another process can take over should be left to it. */
  get hasCapacity(): boolean {
    return this.running.size < MAX_RUNNING;
  }

  /** Runs work once the current turn of the event loop is over. A failure is logged, so handle what must not be lost. */
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
