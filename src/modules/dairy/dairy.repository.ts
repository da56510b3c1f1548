import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/dynamo/database';
import { type AttributeChanges, update, type Write } from '../../platform/dynamo/write';
import { StaleVersion } from '../../platform/errors';
import { dairyTable } from './dairy.schema';
import { type Dairy, NEW_DAIRY } from './domain/dairy';

const KEY = { id: 'dairy' };

@Injectable()
export class DairyRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(dairyTable);
  }

  /** The stored fields over those of a dairy that has entered nothing. */
  async find(): Promise<Dairy> {
    return this.database.get({
      table: this.table,
      key: KEY,
      parse: (item) => {
        const { id: _, ...fields } = item ?? {};
        return { ...NEW_DAIRY, ...(fields as Partial<Dairy>) };
      },
    });
  }

  /** Changes fields and the version. `StaleVersion` if the dairy is no longer version `expected`. */
  change({ set, remove }: Pick<AttributeChanges, 'set' | 'remove'>, expected?: number): Write {
    // The row of a dairy that has entered nothing does not exist, and is version 1.
    const isNew = expected === NEW_DAIRY.version ? 'attribute_not_exists(version) OR ' : '';
    return update(
      this.table,
      KEY,
      { set, remove, add: { version: 1 }, defaults: { version: NEW_DAIRY.version } },
      expected === undefined ? {} : { condition: `${isNew}version = :expected`, values: { expected } },
      () => new StaleVersion(),
    );
  }
}
