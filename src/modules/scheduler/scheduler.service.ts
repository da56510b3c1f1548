import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CoalescedTask } from '../../platform/coalesced-task';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { IdleMonitor } from '../../platform/idle-monitor';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { declareMetric, Metrics } from '../../platform/telemetry/metrics';
import { RunCoordinator } from '../generation';
import { OrderCancellation } from '../order';
import { PaymentSettlement } from '../payment';

/** Work that falls due by itself. Several processes may run it at once, and more often than needed. */
interface ScheduledTask {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const TICK_MILLISECONDS = 20_000;

/** A scheduled task that failed; the next tick runs it again. Metric and log call it a duty. */
const SCHEDULED_TASK_FAILED = declareMetric('DutyFailed', { unit: 'Count', kind: 'count' });

/**
 * Runs the scheduled tasks in the processes that have the role `scheduler`. Every task asks the data what is due, so a
 * tick that comes late or twice changes nothing.
 */
@Injectable()
export class Scheduler implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Scheduler.name);
  private readonly taskGroups: readonly CoalescedTask[];

  constructor(
    payments: PaymentSettlement,
    orders: OrderCancellation,
    generation: RunCoordinator,
    idleMonitor: IdleMonitor,
    private readonly shutdown: ShutdownSignal,
    private readonly metrics: Metrics,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {
    this.taskGroups = [
      // In this order: an order whose payment has just been decided need not be cancelled.
      this.taskGroup(
        { name: 'undecided payments', run: () => payments.reconcile() },
        { name: 'unpaid orders', run: () => orders.expireUnpaid() },
      ),
      // Apart: the milk does not wait for a slow gateway, nor for stock that is only about to come back.
      this.taskGroup({ name: 'daily orders', run: () => generation.ensureProgress() }),
    ];
    idleMonitor.register('scheduler', () => Promise.resolve(!this.taskGroups.some((group) => group.isRunning)));
  }

  @Interval(TICK_MILLISECONDS)
  tick(): void {
    if (this.config.roles.has('scheduler')) void this.runDueTasks();
  }

  /**
   * Runs all scheduled tasks and resolves when they have ended. One that fails is logged and runs again at the next
   * tick.
   */
  async runDueTasks(): Promise<void> {
    await Promise.all(this.taskGroups.map((group) => group.run()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.taskGroups.map((group) => group.waitUntilIdle()));
  }

  /** Tasks that run one after the other. */
  private taskGroup(...tasks: ScheduledTask[]): CoalescedTask {
    return new CoalescedTask(async () => {
      for (const task of tasks) {
        if (!this.shutdown.hasStarted) await this.runTask(task);
      }
    });
  }

  private async runTask({ name, run }: ScheduledTask): Promise<void> {
    await run().catch((error: unknown) => {
      this.logger.error({ err: error, duty: name }, 'Scheduled task failed');
      this.metrics.record(SCHEDULED_TASK_FAILED, 1, { duty: name });
    });
  }
}
