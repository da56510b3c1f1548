import { Injectable } from '@nestjs/common';

/** True when nothing is under way or waiting in one part of the program. */
export type IdleCheck = () => Promise<boolean>;

/** Knows whether anything is still on its way through the program. Each part that can hold work says here how to ask. */
@Injectable()
export class IdleMonitor {
  private readonly components = new Map<string, IdleCheck>();

  register(component: string, isIdle: IdleCheck): void {
    this.components.set(component, isIdle);
  }

  /**
   * The first part that is busy; undefined when all are idle. Work moves on from part to part while one looks, so all
   * are asked as often as there are parts: what only moves forward is met at least once, whatever the order of asking.
   */
  async findBusyComponent(): Promise<string | undefined> {
    const passes = [...this.components].flatMap(() => [...this.components]);
    for (const [component, isIdle] of passes) {
      if (!(await isIdle())) return component;
    }
    return undefined;
  }
}
