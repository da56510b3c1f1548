import pLimit from 'p-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../../kernel/calendar';
import { declaredTables, type TableDeclaration } from '../table';
import { type Origin, RestoreRefused, type SourceTable, type TableRestorer, type TargetTable } from './table-restorer';

export interface RestoreRequest {
  readonly sourcePrefix: string;
  readonly targetPrefix: string;
  readonly at: Instant;
}

/** What to do with one table. */
interface Step {
  readonly table: TableDeclaration;
  readonly target: string;
  readonly origin: Origin;
  readonly action: 'RESTORE' | 'CREATE_EMPTY' | 'KEEP';
}

/** DynamoDB allows 50 restores at once per account. */
const CONCURRENCY = 10;
/** DescribeTable is eventually consistent, so a new table may be unknown for some seconds. */
const MAX_POLLS_WITHOUT_TABLE = 12;
const SHOWN_PROBLEMS = 5;
const RESTORED_PREFIX = /r\d{8}T\d{6}-$/;

/** `milkround-` or an earlier restored prefix, with the instant: `milkround-r20261130T200000-`. */
export function restoredPrefixOf(prefix: string, at: Instant): string {
  return `${prefix.replace(RESTORED_PREFIX, '')}r${at.replaceAll(/[-:Z]/g, '')}-`;
}

/**
 * Restores all declared tables to one instant, under another prefix. A table that did not exist at that instant is
 * created empty. After a crash, repeat it: tables that are complete, or that DynamoDB is still copying, are kept. Checks all tables before it creates one.
 * `RestoreRefused`.
 */
export async function restoreTables(
  request: RestoreRequest,
  restorer: TableRestorer,
  report: (line: string) => void,
): Promise<void> {
  const limit = pLimit(CONCURRENCY);
  const tables = declaredTables();
  const plans = await limit.map(tables, (table) => planOf(table, request, restorer));
  throwProblems(plans.filter((plan) => typeof plan === 'string'));
  const steps = plans.filter((plan) => typeof plan !== 'string');
  if (steps.every(({ action }) => action === 'CREATE_EMPTY')) {
    throw new RestoreRefused(`No table with the prefix ${request.sourcePrefix} existed at ${request.at}.`);
  }
  for (const { action, target } of steps) {
    if (action === 'CREATE_EMPTY') report(`${target} did not exist at ${request.at}, so it is created empty.`);
  }
  let done = 0;
  // A failure does not stop the other tables, so that a repetition has less to do.
  const failures = await limit.map(steps, async (step) => {
    const failure = await failureOf(() => run(step, request.targetPrefix, restorer));
    if (failure === undefined) report(`${step.target} is ready (${++done} of ${steps.length}).`);
    return failure ?? [];
  });
  throwProblems(failures.flat());
}

async function planOf(
  table: TableDeclaration,
  { sourcePrefix, targetPrefix, at }: RestoreRequest,
  restorer: TableRestorer,
): Promise<Step | string> {
  const [source, target] = [sourcePrefix + table.name, targetPrefix + table.name];
  const step = { table, target, origin: { source, at } };
  const [sourceTable, existing] = await Promise.all([restorer.describeSource(source), restorer.describeTarget(target)]);
  const isYounger = sourceTable !== undefined && sourceTable.createdAt > at;
  const creation = isYounger ? 'CREATE_EMPTY' : 'RESTORE';
  if (existing) {
    if (!isFrom(existing, step.origin)) return problemOfExisting(target, existing);
    return { ...step, action: existing.state === 'INTERRUPTED' ? creation : 'KEEP' };
  }
  return problemOfSource(source, sourceTable, at) ?? { ...step, action: creation };
}

function problemOfExisting(target: string, { origin }: TargetTable): string {
  const actual = origin ? `was restored from ${origin.source} to ${origin.at}` : 'was not made by this command';
  return `${target} exists, but it ${actual}. Choose another --prefix.`;
}

function problemOfSource(source: string, table: SourceTable | undefined, at: Instant): string | undefined {
  if (!table)
    return `${source} does not exist. Check the region and TABLE_PREFIX, and use the version that is deployed.`;
  const { createdAt, earliest, latest, origin } = table;
  if (createdAt > at) {
    // Its data of that time is in the table that it came from.
    return origin && `${source} was itself restored, at ${createdAt}. Restore from the prefix of ${origin.source}.`;
  }
  if (earliest === undefined || latest === undefined) return `${source} has no point-in-time recovery.`;
  if (at < earliest) return `${source} can be restored to ${earliest} at the earliest.`;
  if (at > latest) return `${source} can be restored to ${latest} at the latest.`;
  return undefined;
}

async function run({ table, target, origin, action }: Step, prefix: string, restorer: TableRestorer): Promise<void> {
  if (action === 'RESTORE') await restorer.restore(table, prefix, origin);
  if (action === 'CREATE_EMPTY') await restorer.createEmpty(table, prefix, origin);
  const restored = await waitUntilComplete(target, restorer);
  // Another command may have created it in the meantime.
  if (!isFrom(restored, origin)) throw new RestoreRefused(problemOfExisting(target, restored));
  await restorer.applySettings(table, target);
}

async function waitUntilComplete(target: string, restorer: TableRestorer): Promise<TargetTable> {
  for (let absent = 0; absent < MAX_POLLS_WITHOUT_TABLE;) {
    const table = await restorer.describeTarget(target);
    if (table?.state === 'COMPLETE') return table;
    if (!table) absent++;
    await sleep(restorer.pollMilliseconds);
  }
  throw new RestoreRefused(`${target} does not exist, so its restore has failed. Run the command again.`);
}

function isFrom({ origin }: TargetTable, { source, at }: Origin): boolean {
  return origin?.source === source && origin.at === at;
}

async function failureOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function throwProblems(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const others = problems.length - SHOWN_PROBLEMS;
  const ending = others > 0 ? ` And ${others} more tables.` : '';
  throw new RestoreRefused(problems.slice(0, SHOWN_PROBLEMS).join(' ') + ending);
}
