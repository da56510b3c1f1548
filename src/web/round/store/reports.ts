import { newKey } from '../../api/new-key.ts';
import type { Schemas } from '../../api/client.ts';
import { announceChange, database, ON_DISK, type Report, type StoredReport } from './database.ts';
import type { OnDevice } from './rounds.ts';

export type ReportResult = Schemas['OfflineReportResponse'];

/** For so long, a report can be taken back. Only then is it sent. */
export const UNDO_MILLISECONDS = 10_000;
/** Limits of a request. Its body may have 100 kB. */
const MAX_REPORTS = 200;
const MAX_BYTES = 80_000;
/** As the server names it: the reports that follow a refused one on the same delivery must not overtake it. */
const EARLIER_REFUSED = { code: 'delivery.earlier_report_refused', detail: 'An earlier report was refused.' };

/** Whether the server has still to accept it. */
export const isWaiting = ({ refusal }: StoredReport) => refusal === undefined;

/** Whether it can still be taken back. Not longer if the clock of the phone is set back. */
export function isHeld({ heldUntil, isSent }: StoredReport, now: number): boolean {
  return !isSent && heldUntil > now && heldUntil <= now + UNDO_MILLISECONDS;
}

/** Stores the reports of one tap. `reportsOf` gets what is stored now, so that two tabs do not report the same. */
export async function addReports(
  userId: string,
  reportsOf: (device: Pick<OnDevice, 'round' | 'reports'>) => readonly Report[],
  now = Date.now(),
): Promise<void> {
  const tx = (await database()).transaction(['rounds', 'reports'], 'readwrite', ON_DISK);
  const store = tx.objectStore('reports');
  const round = await tx.objectStore('rounds').get(userId);
  const reports = await store.index('byUser').getAll(userId);
  const actionId = newKey();
  const made = { userId, actionId, at: new Date(now).toISOString(), heldUntil: now + UNDO_MILLISECONDS, isSent: false };
  const unpicked = new Set(
    reports.filter(({ refusal, status }) => refusal && status === 'PICKED_UP').map(({ deliveryId }) => deliveryId),
  );
  for (const report of reportsOf({ round, reports })) {
    // Without the pickup, the server would put goods back that are in the van.
    const waitsForPickup = report.status === 'FAILED' && unpicked.has(report.deliveryId);
    const refusal = waitsForPickup ? { refusal: EARLIER_REFUSED } : {};
    // The store adds the id.
    await store.add({ ...report, ...made, ...refusal, clientEventId: newKey() } as StoredReport);
  }
  await tx.done;
  announceChange();
}

/** Takes the reports of one tap back. Returns false if it is too late. */
export async function undoReports(userId: string, actionId: string, now = Date.now()): Promise<boolean> {
  const tx = (await database()).transaction('reports', 'readwrite', ON_DISK);
  const reports = (await tx.store.index('byUser').getAll(userId)).filter((report) => report.actionId === actionId);
  const isPossible = reports.length > 0 && reports.every((report) => isHeld(report, now));
  if (isPossible) await Promise.all(reports.map(({ id }) => tx.store.delete(id)));
  await tx.done;
  announceChange();
  return isPossible;
}

/** The next reports to send, oldest first. From now on they cannot be taken back. */
export async function takeDueReports(userId: string, now = Date.now()): Promise<StoredReport[]> {
  const tx = (await database()).transaction('reports', 'readwrite', ON_DISK);
  const waiting = (await tx.store.index('byUser').getAll(userId)).filter(isWaiting);
  const firstHeld = waiting.findIndex((report) => isHeld(report, now));
  const due = firstHeld < 0 ? waiting : waiting.slice(0, firstHeld);
  let bytes = 0;
  const taken = due.slice(0, MAX_REPORTS).filter((report) => (bytes += bytesOf(report)) <= MAX_BYTES);
  await Promise.all(taken.filter(({ isSent }) => !isSent).map((report) => tx.store.put({ ...report, isSent: true })));
  await tx.done;
  return taken;
}

/**
 * Keeps what the server has answered, in one step: accepted reports are removed and the round shows them; refused ones
 * stay until the courier settles them. The others are sent again.
 */
export async function storeResults(
  userId: string,
  sent: readonly StoredReport[],
  results: readonly ReportResult[],
): Promise<void> {
  const tx = (await database()).transaction(['rounds', 'reports'], 'readwrite', ON_DISK);
  const [rounds, store] = [tx.objectStore('rounds'), tx.objectStore('reports')];
  const accepted = new Map<string, ReportResult['status']>();
  const refused = new Set<string>();
  for (const [index, report] of sent.entries()) {
    const { result, status, code = '', detail = '' } = results[index] ?? { result: 'UNAVAILABLE' as const };
    if (result === 'UNAVAILABLE') continue;
    if (result === 'REFUSED') {
      refused.add(report.deliveryId);
      await store.put({ ...report, isSent: true, refusal: { code, detail } });
    } else {
      accepted.set(report.deliveryId, status);
      await store.delete(report.id);
    }
  }
  for (const report of await store.index('byUser').getAll(userId)) {
    if (isWaiting(report) && refused.has(report.deliveryId)) await store.put({ ...report, refusal: EARLIER_REFUSED });
  }
  const round = await rounds.get(userId);
  if (round && accepted.size > 0) {
    const stops = round.manifest.stops.map((stop) => ({
      ...stop,
      orders: stop.orders.map((order) => ({ ...order, status: accepted.get(order.deliveryId) ?? order.status })),
    }));
    await rounds.put({ ...round, manifest: { ...round.manifest, stops } });
  }
  await tx.done;
  announceChange();
}

/** The courier has read why the reports on a delivery were refused, and gives them up or sends them again. */
export async function settleRefused(userId: string, deliveryId: string, how: 'drop' | 'send again'): Promise<void> {
  const tx = (await database()).transaction('reports', 'readwrite', ON_DISK);
  const reports = await tx.store.index('byUser').getAll(userId);
  const now = new Date().toISOString();
  for (const { refusal, ...report } of reports) {
    if (!refusal || report.deliveryId !== deliveryId) continue;
    if (how === 'drop') await tx.store.delete(report.id);
    // Made while the clock of the phone was ahead: the courier has corrected it.
    else await tx.store.put({ ...report, at: report.at > now ? now : report.at, isSent: true });
  }
  await tx.done;
  announceChange();
}

export function requestOf({ clientEventId, at, deliveryId, status, reason, note }: StoredReport) {
  return { clientEventId, at, deliveryId, status, ...(reason && { reason }), ...(note && { note }) };
}

function bytesOf(report: StoredReport): number {
  return new TextEncoder().encode(JSON.stringify(requestOf(report))).length + 1;
}
