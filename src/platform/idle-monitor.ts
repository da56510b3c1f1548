import { Injectable } from '@nestjs/common';

/** True when one component has no running or pending work. */
export type IdleCheck = () => Promise<boolean>;

/** Reports whether any work is running or pending. Each component that can hold work registers a check. */
@Injectable()
export class IdleMonitor {
  private readonly components = new Map<string, IdleCheck>();

  register(component: string, isIdle: IdleCheck): void {
    this.components.set(component, isIdle);
  }

  /**
   * The first busy component, or undefined if all are idle. Work moves between components during the checks, so there
   * are as many passes as components. Work that only moves forward is then seen at least once, in any order of checks.
   */
  async findBusyComponent(): Promise<string | undefined> {
    const passes = [...this.components].flatMap(() => [...this.components]);
    for (const [component, isIdle] of passes) {
      if (!(await isIdle())) return component;
    }
    return undefined;
  }
}
