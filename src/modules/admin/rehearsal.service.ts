import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { IdleMonitor } from '../../platform/idle-monitor';
import { Settings } from '../../platform/settings';
import { Scheduler } from '../scheduler';
import { ClockBackwards, NotSettled } from './admin.errors';

/** Business time, and by how many seconds it runs ahead of real time. */
export interface BusinessTime {
  readonly now: Instant;
  readonly ahead: number;
}

const PATIENCE_MILLISECONDS = 1_000;
const LOOK_AGAIN_MILLISECONDS = 20;

/** Lets tests and demonstrations live through days in seconds, and know when nothing more will happen. */
@Injectable()
export class Rehearsal {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly scheduler: Scheduler,
    private readonly idleness: IdleMonitor,
  ) {}

  /** Moves business time forward for every task, and does what has fallen due. `clock.backwards`. */
  async moveClock(to: Instant): Promise<BusinessTime> {
    const now = this.clock.now();
    if (to < now) throw new ClockBackwards(now);
    await this.settings.moveClock(this.clock.offsetTo(to));
    await this.scheduler.look();
    return this.time();
  }

  /** Brings business time back to real time. */
  async resetClock(): Promise<BusinessTime> {
    await this.settings.moveClock(0);
    return this.time();
  }

  /** Resolves when outbox, queues and all else are idle; `service.not_settled` when they are not within a second. */
  async settled(): Promise<void> {
    const deadline = this.clock.realNow() + PATIENCE_MILLISECONDS;
    for (;;) {
      const busy = await this.idleness.findBusyComponent();
      if (busy === undefined) return;
      if (this.clock.realNow() > deadline) throw new NotSettled(busy);
      await sleep(LOOK_AGAIN_MILLISECONDS);
    }
  }

  private time(): BusinessTime {
    return { now: this.clock.now(), ahead: Math.round(this.clock.offsetMilliseconds / 1_000) };
  }
}
