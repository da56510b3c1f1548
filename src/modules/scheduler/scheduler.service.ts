import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CoalescedTask } from '../../platform/coalesced-task';
import { CONFIG, type Config } from '../../platform/config/config';
import { IdleMonitor } from '../../platform/idle-monitor';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { declareMetric, Metrics } from '../../platform/telemetry/metrics';
import { RunCoordinator } from '../generation';
import { OrderCancellation } from '../order';
import { PaymentSettlement } from '../payment';

/** Something that falls due by itself. It may run in several tasks at once, and any time too often. */
interface Duty {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const TICK_MILLISECONDS = 20_000;

/** A duty that failed; the next look tries it again. */
const DUTY_FAILED = declareMetric('DutyFailed', { unit: 'Count', kind: 'count' });

/**
 * Looks after what falls due by the passing of time, in the processes that have the role `scheduler`. A nudge only
 * says 'look': every duty asks the clock what is due, so a nudge that comes late or twice changes nothing.
 */
@Injectable()
export class Scheduler implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Scheduler.name);
  private readonly dutyGroups: readonly CoalescedTask[];

  constructor(
    payments: PaymentSettlement,
    orders: OrderCancellation,
    generation: RunCoordinator,
    idleMonitor: IdleMonitor,
    private readonly shutdown: ShutdownSignal,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.dutyGroups = [
      // In this order: an order whose payment has just been decided need not be cancelled.
      this.dutyGroup(
        { name: 'undecided payments', run: () => payments.reconcile() },
        { name: 'unpaid orders', run: () => orders.expireUnpaid() },
      ),
      // Apart: the milk does not wait for a slow gateway, nor for stock that is only about to come back.
      this.dutyGroup({ name: 'daily orders', run: () => generation.ensureProgress() }),
    ];
    idleMonitor.register('scheduler', () => Promise.resolve(!this.dutyGroups.some((look) => look.isRunning)));
  }

  @Interval(TICK_MILLISECONDS)
  tick(): void {
    if (this.config.roles.has('scheduler')) void this.runDueDuties();
  }

  /** Does all that is due, and resolves when it is done; a duty that fails is logged and left to the next look. */
  async runDueDuties(): Promise<void> {
    await Promise.all(this.dutyGroups.map((look) => look.run()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.dutyGroups.map((look) => look.waitUntilIdle()));
  }

  /** Duties that are done in turn. */
  private dutyGroup(...duties: Duty[]): CoalescedTask {
    return new CoalescedTask(async () => {
      for (const duty of duties) {
        if (!this.shutdown.hasStarted) await this.runDuty(duty);
      }
    });
  }

  private async runDuty({ name, run }: Duty): Promise<void> {
    await run().catch((error: unknown) => {
      this.logger.error({ err: error, duty: name }, 'A duty failed');
      this.metrics.record(DUTY_FAILED, 1, { duty: name });
    });
  }
}
