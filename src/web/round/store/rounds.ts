import { expectedUserId } from '../../api/session.ts';
import { announceChange, database, ON_DISK, type StoredReport, type StoredRound } from './database.ts';

const DAY_MILLISECONDS = 24 * 60 * 60_000;
/** Names and addresses do not stay longer on a phone that is not used. */
const MAX_ROUND_AGE = 3 * DAY_MILLISECONDS;
/** The server refuses reports that are older than seven days. */
const MAX_REPORT_AGE = 8 * DAY_MILLISECONDS;

export interface OnDevice {
  readonly round: StoredRound | undefined;
  /** Those of the courier that are not accepted yet, in the order in which they were made. */
  readonly reports: readonly StoredReport[];
  /** Number of reports of other couriers, which wait until these sign in again. */
  readonly ofOthers: number;
}

export async function readDevice(userId: string): Promise<OnDevice> {
  const tx = (await database()).transaction(['rounds', 'reports']);
  const [round, all] = await Promise.all([tx.objectStore('rounds').get(userId), tx.objectStore('reports').getAll()]);
  const reports = all.filter((report) => report.userId === userId);
  return { round, reports, ofOthers: all.length - reports.length };
}

export async function loadRound(userId: string): Promise<StoredRound | undefined> {
  return (await database()).get('rounds', userId);
}

/** Keeps what the server has sent, unless the courier has signed out meanwhile. */
export async function saveRound(round: Omit<StoredRound, 'seenNumber'>): Promise<void> {
  const db = await database();
  if (expectedUserId() !== round.userId) return;
  const tx = db.transaction('rounds', 'readwrite', ON_DISK);
  const previous = await tx.store.get(round.userId);
  const isSameRound = previous?.manifest.date === round.manifest.date;
  await tx.store.put({ ...round, seenNumber: isSameRound ? previous.seenNumber : (round.manifest.number ?? 0) });
  await tx.done;
  announceChange();
}

/** The courier has seen the changes up to the number that the manifest has now. */
export async function markChangesSeen(userId: string): Promise<void> {
  const tx = (await database()).transaction('rounds', 'readwrite');
  const round = await tx.store.get(userId);
  if (round) await tx.store.put({ ...round, seenNumber: round.manifest.number ?? 0 });
  await tx.done;
  announceChange();
}

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
