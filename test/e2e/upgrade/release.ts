import { type AttributeValue, type BatchWriteItemInput, type DynamoDB, paginateScan } from '@aws-sdk/client-dynamodb';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Instant, LocalDate } from '../../../src/kernel/calendar';
import { EXPIRES_AT } from '../../../src/platform/dynamo/table';

const BATCH_SIZE = 25;

export type StoredItem = Record<string, AttributeValue>;

/** A released program, with the tables that it has filled during an evening. */
export interface Release {
  /** Of package.json. */
  readonly version: string;
  /** The compiled program, by path in `dist`. */
  readonly program: Readonly<Record<string, string>>;
  /** Items as DynamoDB stores them, by table. */
  readonly tables: Readonly<Record<string, readonly StoredItem[]>>;
  /** Business time and real time when the program stopped. */
  readonly stoppedAt: Instant;
  readonly stoppedAtReal: number;
  /** The next date to generate, and the outcome of each subscription on it. */
  readonly date: LocalDate;
  readonly outcomes: Readonly<Record<string, string>>;
  /** The stock of each product before its first daily order. */
  readonly stock: Readonly<Record<string, number>>;
  readonly orderId: string;
}

export function fileOfRelease(version: string): string {
  return join(__dirname, `${version}.json.br`);
}

export function writeRelease(release: Release): void {
  writeFileSync(fileOfRelease(release.version), brotliCompressSync(JSON.stringify(release)));
}

export function readRelease(version: string): Release {
  return JSON.parse(brotliDecompressSync(readFileSync(fileOfRelease(version))).toString()) as Release;
}

/** The files of a compiled program, without source maps. */
export function readProgram(dist: string): Record<string, string> {
  const paths = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => /\.m?js$/.test(path));
  const withoutMap = (text: string) => text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  return Object.fromEntries(paths.map((path) => [path, withoutMap(readFileSync(join(dist, path), 'utf8'))]));
}

/** Writes the files of a compiled program to a directory, from which they can import the installed packages. */
export function unpackProgram({ program }: Release, directory: string): void {
  for (const [path, text] of Object.entries(program)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** The data version of the tables of a release. */
export function dataVersionOf({ tables }: Release): number {
  const data = tables.Settings?.find(({ name }) => name?.S === 'data');
  return Number(data?.version?.N ?? 0);
}

/** Creates the tables that an unpacked program declares and that do not exist, because this version has no such table. */
export async function createTablesOf(directory: string, prefix: string): Promise<void> {
  const script = `
    require('./app.module.js');
    const { DynamoDB } = require('@aws-sdk/client-dynamodb');
    const { createTables } = require('./platform/dynamo/provision.js');
    createTables(new DynamoDB({ endpoint: process.env.DYNAMODB_ENDPOINT }), process.argv[1]);`;
  await promisify(execFile)(process.execPath, ['-e', script, prefix], { cwd: directory });
}

export async function readTables(
  client: DynamoDB,
  prefix: string,
  names: readonly string[],
): Promise<Record<string, StoredItem[]>> {
  const tables: Record<string, StoredItem[]> = {};
  for (const name of names) {
    const items: StoredItem[] = [];
    for await (const page of paginateScan({ client }, { TableName: prefix + name, ConsistentRead: true })) {
      items.push(...(page.Items ?? []));
    }
    tables[name] = items;
  }
  return tables;
}

/** Writes the items of a release. They expire as much later as the release is old. */
export async function writeTables(
  client: DynamoDB,
  prefix: string,
  { tables, stoppedAtReal }: Pick<Release, 'tables' | 'stoppedAtReal'>,
): Promise<void> {
  const age = Math.floor((Date.now() - stoppedAtReal) / 1_000);
  for (const [name, items] of Object.entries(tables)) {
    const puts = items.map((item) => ({ PutRequest: { Item: expiringLater(item, age) } }));
    for (let from = 0; from < puts.length; from += BATCH_SIZE) {
      let unprocessed: BatchWriteItemInput['RequestItems'] = { [prefix + name]: puts.slice(from, from + BATCH_SIZE) };
      while (unprocessed && Object.keys(unprocessed).length > 0) {
        ({ UnprocessedItems: unprocessed } = await client.batchWriteItem({ RequestItems: unprocessed }));
      }
    }
  }
}

function expiringLater(item: StoredItem, seconds: number): StoredItem {
  const { N: expiresAt } = item[EXPIRES_AT] ?? {};
  return expiresAt === undefined ? item : { ...item, [EXPIRES_AT]: { N: String(Number(expiresAt) + seconds) } };
}
