import {
  type AttributeValue,
  BatchWriteItemCommand,
  DescribeTableCommand,
  type DynamoDB,
  ResourceNotFoundException,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffDelay } from '../../retry';
import { createTable } from '../provision';
import type { TableDeclaration } from '../table';
import { fileOfTable, readExport } from './table-export';
import type { Origin, SourceTable, TableRestorer, TargetTable } from './table-restorer';

/** An export does not have the age of a table, so any table may be as old as this. */
const UNKNOWN = '1970-01-01T00:00:00Z';
const BATCH_SIZE = 25;

/** The state of a restored table, in a file beside the export, because DynamoDB Local does not keep it. */
type RestoreState = Origin & { readonly isComplete: boolean };

/** Restores tables from an export, for DynamoDB Local. An export can be restored only to the instant when it was made. */
export class ExportRestorer implements TableRestorer {
  readonly pollMilliseconds = 100;

  constructor(
    private readonly client: DynamoDB,
    private readonly directory: string,
  ) {}

  async describeSource(name: string): Promise<SourceTable | undefined> {
    const { at } = await readExport(this.directory);
    return existsSync(fileOfTable(this.directory, name)) ? { createdAt: UNKNOWN, earliest: at, latest: at } : undefined;
  }

  async describeTarget(name: string): Promise<TargetTable | undefined> {
    try {
      await this.client.send(new DescribeTableCommand({ TableName: name }));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
    const origin = await this.readState(name);
    return { origin, state: origin?.isComplete === false ? 'INTERRUPTED' : 'COMPLETE' };
  }

  /** Puts every item. After a crash, puts them again. */
  async restore(table: TableDeclaration, prefix: string, origin: Origin): Promise<void> {
    const name = prefix + table.name;
    await this.writeState(name, { ...origin, isComplete: false });
    await createTable(this.client, table, prefix);
    const file = await open(fileOfTable(this.directory, origin.source));
    let batch: WriteRequest[] = [];
    for await (const line of file.readLines()) {
      const { Item } = JSON.parse(line) as { Item: Record<string, AttributeValue> };
      batch.push({ PutRequest: { Item } });
      if (batch.length < BATCH_SIZE) continue;
      await this.putAll(name, batch);
      batch = [];
    }
    await this.putAll(name, batch);
    await this.writeState(name, { ...origin, isComplete: true });
  }

  async createEmpty(table: TableDeclaration, prefix: string, origin: Origin): Promise<void> {
    await this.writeState(prefix + table.name, { ...origin, isComplete: true });
    await createTable(this.client, table, prefix);
  }

  /** DynamoDB Local has none but the expiry, which the creation enables. */
  async applySettings(): Promise<void> {}

  private async putAll(table: string, batch: WriteRequest[]): Promise<void> {
    for (let attempt = 1, rest = batch; rest.length > 0; attempt++) {
      const { UnprocessedItems: unprocessed } = await this.client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: rest } }),
      );
      rest = unprocessed?.[table] ?? [];
      if (rest.length > 0) await sleep(backoffDelay(attempt));
    }
  }

  private async readState(name: string): Promise<RestoreState | undefined> {
    const file = this.stateFileOf(name);
    return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as RestoreState) : undefined;
  }

  private async writeState(name: string, state: RestoreState): Promise<void> {
    await mkdir(join(this.directory, 'restores'), { recursive: true });
    // A rename is atomic, so a crash leaves no half-written state.
    const file = this.stateFileOf(name);
    await writeFile(`${file}.new`, JSON.stringify(state));
    await rename(`${file}.new`, file);
  }

  private stateFileOf(name: string): string {
    return join(this.directory, 'restores', `${name}.json`);
  }
}
