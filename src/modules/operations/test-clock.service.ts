import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { IdleMonitor } from '../../platform/idle-monitor';
import { SharedSettings } from '../../platform/shared-settings';
import { Transaction } from '../../platform/transaction/transaction';
import { Scheduler } from '../scheduler';
import { ClockMovedBackwards, NotSettled } from './domain/test-clock.errors';

/** Business time, and its lead over real time in seconds. */
export interface BusinessTime {
  readonly now: Instant;
  readonly ahead: number;
}

const TIMEOUT_MILLISECONDS = 1_000;
const POLL_MILLISECONDS = 20;

/** Moves business time for tests and demonstrations, and waits until background work is idle. */
@Injectable()
export class TestClock {
  constructor(
    private readonly settings: SharedSettings,
    private readonly clock: Clock,
    private readonly scheduler: Scheduler,
    private readonly idleMonitor: IdleMonitor,
    private readonly transaction: Transaction,
  ) {}

  /** Moves business time forward for every task, and runs the scheduled tasks. Emits `clock.moved`. `clock.backwards`. */
  async moveClock(to: Instant): Promise<BusinessTime> {
    const now = this.clock.now();
    if (to < now) throw new ClockMovedBackwards(now);
    await this.transaction.commit([], [{ type: 'clock.moved', to }]);
    await this.settings.moveClock(this.clock.offsetTo(to));
    await this.scheduler.runDueTasks();
    return this.businessTime();
  }

  /** Returns business time to real time. Emits `clock.moved`. */
  async resetClock(): Promise<BusinessTime> {
    await this.transaction.commit([], [{ type: 'clock.moved' }]);
    await this.settings.moveClock(0);
    return this.businessTime();
  }

  /** Resolves when all components are idle. `service.not_settled` if they are not within a second. */
  async waitUntilSettled(): Promise<void> {
    const deadline = this.clock.realNow() + TIMEOUT_MILLISECONDS;
    for (;;) {
      const busy = await this.idleMonitor.findBusyComponent();
      if (busy === undefined) return;
      if (this.clock.realNow() > deadline) throw new NotSettled(busy);
      await sleep(POLL_MILLISECONDS);
    }
  }

  private businessTime(): BusinessTime {
    return { now: this.clock.now(), ahead: Math.round(this.clock.offsetMilliseconds / 1_000) };
  }
}
