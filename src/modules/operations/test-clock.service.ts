import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { IdleMonitor } from '../../platform/idle-monitor';
import { SharedSettings } from '../../platform/shared-settings';
import { Scheduler } from '../scheduler';
import { ClockMovedBackwards, NotSettled } from './domain/test-clock.errors';

/** Business time, and by how many seconds it runs ahead of real time. */
export interface BusinessTime {
  readonly now: Instant;
  readonly ahead: number;
}

const TIMEOUT_MILLISECONDS = 1_000;
const POLL_MILLISECONDS = 20;

/** Lets tests and demonstrations live through days in seconds, and know when nothing more will happen. */
@Injectable()
export class TestClock {
  constructor(
    private readonly settings: SharedSettings,
    private readonly clock: Clock,
    private readonly scheduler: Scheduler,
    private readonly idleMonitor: IdleMonitor,
  ) {}

  /** Moves business time forward for every task, and does what has fallen due. `clock.backwards`. */
  async moveClock(to: Instant): Promise<BusinessTime> {
    const now = this.clock.now();
    if (to < now) throw new ClockMovedBackwards(now);
    await this.settings.moveClock(this.clock.offsetTo(to));
    await this.scheduler.runDueTasks();
    return this.businessTime();
  }

  /** Brings business time back to real time. */
  async resetClock(): Promise<BusinessTime> {
    await this.settings.moveClock(0);
    return this.businessTime();
  }

  /** Resolves when outbox, queues and all else are idle; `service.not_settled` when they are not within a second. */
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
