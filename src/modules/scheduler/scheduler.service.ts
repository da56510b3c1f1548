import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CoalescedTask } from '../../platform/coalesced-task';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { IdleMonitor } from '../../platform/idle-monitor';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { declareMetric, Metrics } from '../../platform/telemetry/metrics';
import { RunCoordinator } from '../generation';
import { MonthlyInvoices } from '../invoice';
import { DeferredMessages } from '../notification';
import { OrderCancellation } from '../order';
import { PaymentFollowUp, PaymentSettlement } from '../payment';

/** Work that becomes due by time. Several processes may run it at the same time, and more often than needed. */
interface ScheduledTask {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const TICK_MILLISECONDS = 20_000;

/** A scheduled task failed. The next tick runs it again. The metric and the log field call it a duty. */
const SCHEDULED_TASK_FAILED = declareMetric('DutyFailed', { unit: 'Count', kind: 'count' });

/**
 * Runs the scheduled tasks in processes with the role `scheduler`. Every task finds due work in the data, so a late or
 * repeated tick does no harm.
 */
@Injectable()
export class Scheduler implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Scheduler.name);
  private readonly taskGroups: readonly CoalescedTask[];

  constructor(
    payments: PaymentSettlement,
    followUps: PaymentFollowUp,
    orders: OrderCancellation,
    generation: RunCoordinator,
    invoices: MonthlyInvoices,
    messages: DeferredMessages,
    idleMonitor: IdleMonitor,
    private readonly shutdown: ShutdownSignal,
    private readonly metrics: Metrics,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {
    this.taskGroups = [
      // In this order, because an order whose payment has just succeeded must not be cancelled.
      this.taskGroup(
        { name: 'undecided payments', run: () => payments.reconcile() },
        { name: 'unpaid orders', run: () => orders.expireUnpaid() },
      ),
      // In its own group, because no order waits for it.
      this.taskGroup({ name: 'refunds and disputes', run: () => followUps.runDue() }),
      // In its own group, so that a slow payment gateway does not delay generation.
      this.taskGroup({ name: 'daily orders', run: () => generation.ensureProgress() }),
      this.taskGroup({ name: 'monthly invoices', run: () => invoices.ensureProgress() }),
      this.taskGroup({ name: 'deferred messages', run: () => messages.sendDue() }),
    ];
    idleMonitor.register('scheduler', () => Promise.resolve(!this.taskGroups.some((group) => group.isRunning)));
  }

  @Interval(TICK_MILLISECONDS)
  tick(): void {
    if (this.config.roles.has('scheduler')) void this.runDueTasks();
  }

  /**
   * Runs all scheduled tasks and resolves when they have ended. A failed task is logged, and the next tick runs it
   * again.
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
