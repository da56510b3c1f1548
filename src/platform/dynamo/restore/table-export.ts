import { type AttributeValue, type DynamoDB, paginateScan } from '@aws-sdk/client-dynamodb';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../../kernel/calendar';
import { declaredTables } from '../table';
import { RestoreRefused } from './table-restorer';

/** An export of all tables, in a directory: one file for each table, with one item per line as DynamoDB exports it. */
export interface TableExport {
  readonly at: Instant;
  readonly prefix: string;
}

const DESCRIPTION = 'export.json';

export function fileOfTable(directory: string, table: string): string {
  return join(directory, `${table}.jsonl`);
}

/** Reads the description of a complete export. `RestoreRefused`. */
export async function readExport(directory: string): Promise<TableExport> {
  try {
    return JSON.parse(await readFile(join(directory, DESCRIPTION), 'utf8')) as TableExport;
  } catch {
    throw new RestoreRefused(`${directory} has no export. Write one with npm run restore:export -- ${directory}.`);
  }
}

/**
 * Writes all declared tables to a new directory. Tables are read one after the other, so nothing may write to them
 * meanwhile. For DynamoDB Local, which has no point-in-time recovery. `RestoreRefused` if the directory exists.
 */
export async function exportTables(client: DynamoDB, directory: string, { prefix, at }: TableExport): Promise<void> {
  if ((await mkdir(directory, { recursive: true })) === undefined) {
    throw new RestoreRefused(`${directory} exists. Choose a new directory.`);
  }
  for (const { name } of declaredTables()) {
    const file = await open(fileOfTable(directory, prefix + name), 'w');
    try {
      const pages = paginateScan({ client }, { TableName: prefix + name, ConsistentRead: true });
      for await (const { Items: items = [] } of pages) await file.write(items.map(lineOf).join(''));
    } finally {
      await file.close();
    }
  }
  // Last, so that an export with a description is complete.
  await writeFile(join(directory, DESCRIPTION), JSON.stringify({ prefix, at }));
}

function lineOf(item: Record<string, AttributeValue>): string {
  const json = JSON.stringify({ Item: item }, (_, value: unknown) => {
    if (value instanceof Uint8Array) throw new RestoreRefused('An item has a binary attribute, which is not exported.');
    return value;
  });
  return `${json}\n`;
}
