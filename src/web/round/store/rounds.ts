import { expectedUserId } from '../../api/session.ts';
import { announceChange, database, ON_DISK, type StoredReport, type StoredRound } from './database.ts';

const DAY_MILLISECONDS = 24 * 60 * 60_000;
/** Names and addresses do not stay longer on a phone that is not used. */
const MAX_ROUND_AGE = 3 * DAY_MILLISECONDS;
/** The server refuses reports that are older than seven days. */
const MAX_REPORT_AGE = 8 * DAY_MILLISECONDS;

export interface OnDevice {
  readonly round: StoredRound | undefined;
  /** Up to which number of the manifest the courier has seen the changes. */
  readonly seenNumber: number;
  /** Those of the courier that are not accepted yet, in the order in which they were made. */
  readonly reports: readonly StoredReport[];
  /** Number of reports of other couriers, which wait until these sign in again. */
  readonly ofOthers: number;
}

export async function readDevice(userId: string): Promise<OnDevice> {
  const tx = (await database()).transaction(['rounds', 'seen', 'reports']);
  const [round, seen, all] = await Promise.all([
    tx.objectStore('rounds').get(userId),
    tx.objectStore('seen').get(userId),
    tx.objectStore('reports').getAll(),
  ]);
  const reports = all.filter((report) => report.userId === userId);
  return { round, seenNumber: seen?.number ?? 0, reports, ofOthers: all.length - reports.length };
}

export async function loadRound(userId: string): Promise<StoredRound | undefined> {
  return (await database()).get('rounds', userId);
}

/** Keeps what the server has sent, unless the courier has signed out meanwhile. */
export async function saveRound(round: StoredRound): Promise<void> {
  const db = await database();
  const { userId, manifest } = round;
  if (expectedUserId() !== userId) return;
  const tx = db.transaction(['rounds', 'seen'], 'readwrite', ON_DISK);
  await tx.objectStore('rounds').put(round);
  const seen = await tx.objectStore('seen').get(userId);
  // The first number of a round has no changes.
  if (seen?.date !== manifest.date) await tx.objectStore('seen').put(numberOf(round));
  await tx.done;
  announceChange();
}

/** The courier has seen the changes up to the number that the manifest has now. */
export async function markChangesSeen(round: StoredRound): Promise<void> {
  await (await database()).put('seen', numberOf(round));
  announceChange();
}

const numberOf = ({ userId, manifest: { date, number = 0 } }: StoredRound) => ({ userId, date, number });

/** Removes the rounds of all others, and what is too old. Without a user, all rounds. Reports of others are kept. */
export async function tidyDevice(userId: string | undefined, now = Date.now()): Promise<void> {
  const tx = (await database()).transaction(['rounds', 'reports'], 'readwrite');
  const [rounds, reports] = [tx.objectStore('rounds'), tx.objectStore('reports')];
  for (const round of await rounds.getAll()) {
    if (round.userId !== userId || now - round.fetchedAt > MAX_ROUND_AGE) await rounds.delete(round.userId);
  }
  for (const report of await reports.getAll()) {
    if (report.userId !== userId && now - Date.parse(report.at) > MAX_REPORT_AGE) await reports.delete(report.id);
  }
  await tx.done;
  announceChange();
}
