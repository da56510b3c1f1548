import { Injectable } from '@nestjs/common';
import { newEventId } from '../kernel/ids';
import { Clock } from './clock';
import { Database } from './dynamo/database';
import { put } from './dynamo/write';
import { settingsTable } from './shared-settings.schema';

class TurnTaken extends Error {}

/** Lets one task do work that every task would otherwise repeat. A task that dies leaves its turn to run out. */
@Injectable()
export class Turns {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(settingsTable);
  }

  /** Takes the turn for some work. False if another task, or this one, took it within its time. */
  async take(work: string, milliseconds: number): Promise<boolean> {
    const now = this.clock.realNow();
    // The SDK repeats a write whose response is lost, and the repetition must accept the turn that the first one took.
    const takenBy = newEventId();
    const isFree = {
      condition: 'attribute_not_exists(#name) OR #until <= :now OR #takenBy = :takenBy',
      names: { name: 'name', until: 'until', takenBy: 'takenBy' },
      values: { now, takenBy },
    };
    const turn = { name: `turn:${work}`, until: now + milliseconds, takenBy };
    try {
      await this.database.write(put(this.table, turn, isFree, () => new TurnTaken()));
      return true;
    } catch (error) {
      if (error instanceof TurnTaken) return false;
      throw error;
    }
  }
}
