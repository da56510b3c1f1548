import { Injectable } from '@nestjs/common';

/** True when nothing is under way or waiting in one part of the program. */
export type IsIdle = () => Promise<boolean>;

/** Knows whether anything is still on its way through the program. Each part that can hold work says here how to ask. */
@Injectable()
export class Idleness {
  private readonly parts = new Map<string, IsIdle>();

  register(part: string, isIdle: IsIdle): void {
    this.parts.set(part, isIdle);
  }

  /**
   * The first part that is busy; undefined when all are idle. Work moves on from part to part while one looks, so all
   * are asked as often as there are parts: what only moves forward is met at least once, whatever the order of asking.
   */
  async busyPart(): Promise<string | undefined> {
    const rounds = [...this.parts].flatMap(() => [...this.parts]);
    for (const [part, isIdle] of rounds) {
      if (!(await isIdle())) return part;
    }
    return undefined;
  }
}
