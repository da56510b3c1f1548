import { today } from '../../ui/format.ts';
import type { StoredRound } from '../store/database.ts';

const HALF_HOUR_MILLISECONDS = 30 * 60_000;

/** Whether the round is one of an earlier date, because the device has not been online since. */
export function isOldRound({ manifest, fetchedAt }: StoredRound, now = Date.now()): boolean {
  return now - fetchedAt > HALF_HOUR_MILLISECONDS && manifest.date < today(now);
}
