import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CONFIG, type Config } from '../../platform/config';
import { Ending } from '../../platform/ending';
import { Idleness } from '../../platform/idleness';
import { Metrics } from '../../platform/telemetry/metrics';
import { OrderCancellation } from '../order';
import { PaymentSettlement } from '../payment';
import { Generation } from '../subscription';

/** Something that falls due by itself. It may run in several tasks at once, and any time too often. */
interface Duty {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const NUDGE_MILLISECONDS = 20_000;

/**
 * Looks after what falls due by the passing of time, in the processes that have the role `scheduler`. A nudge only
 * says 'look': every duty asks the clock what is due, so a nudge that comes late or twice changes nothing.
 */
@Injectable()
export class Scheduler implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Scheduler.name);
  private readonly duties: readonly Duty[];
  private looking?: Promise<void>;
  private next?: Promise<void>;

  constructor(
    payments: PaymentSettlement,
    orders: OrderCancellation,
    generation: Generation,
    idleness: Idleness,
    private readonly ending: Ending,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    // In this order: an order whose payment has just been decided need not be cancelled.
    this.duties = [
      { name: 'undecided payments', run: () => payments.reconcile() },
      { name: 'unpaid orders', run: () => orders.expireUnpaid() },
      { name: 'daily orders', run: () => generation.nudge() },
    ];
    idleness.register('scheduler', () => Promise.resolve(this.looking === undefined));
  }

  @Interval(NUDGE_MILLISECONDS)
  nudge(): void {
    if (this.config.roles.has('scheduler')) void this.look();
  }

  /**
   * Does all that is due, and resolves when it is done; a duty that fails is logged and left to the next look. Looks
   * never overlap: those asked for during one are one more, after it.
   */
  look(): Promise<void> {
    this.next ??= this.looking?.then(() => {
      this.next = undefined;
      return this.look();
    });
    return this.next ?? (this.looking = this.doAll().finally(() => (this.looking = undefined)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await (this.next ?? this.looking);
  }

  private async doAll(): Promise<void> {
    for (const { name, run } of this.duties) {
      if (this.ending.hasBegun) return;
      await run().catch((error: unknown) => {
        this.logger.error({ err: error, duty: name }, 'A duty failed');
        this.metrics.record('DutyFailed', 1, { duty: name });
      });
    }
  }
}
