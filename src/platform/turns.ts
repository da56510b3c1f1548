import { Injectable } from '@nestjs/common';
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
    const isFree = {
      condition: 'attribute_not_exists(#name) OR #until <= :now',
      names: { name: 'name', until: 'until' },
      values: { now },
    };
    const turn = { name: `turn:${work}`, until: now + milliseconds };
    try {
      await this.database.write(put(this.table, turn, isFree, () => new TurnTaken()));
      return true;
    } catch (error) {
      if (error instanceof TurnTaken) return false;
      throw error;
    }
  }
}
