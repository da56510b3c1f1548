import { api, bodyOf } from '../../api/client.ts';
import { loadRound, saveRound } from '../store/rounds.ts';

const TIMEOUT_MILLISECONDS = 20_000;

/**
 * Loads today's round of a courier and keeps it on the device. Call it with the lock held, so that no report is accepted
 * between its reading and its writing.
 */
export async function fetchRound(userId: string): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  const manifest = await bodyOf(api.GET('/delivery/manifest', { params: { query: { userId } }, signal }));
  if (typeof manifest === 'string') throw new TypeError('The manifest is not JSON.');
  const previous = await loadRound(userId);
  const { name, phone, currency, timeZone } =
    previous?.manifest.date === manifest.date ? previous.dairy : await bodyOf(api.GET('/dairy', { signal }));
  await saveRound({ userId, manifest, dairy: { name, phone, currency, timeZone }, fetchedAt: Date.now() });
}
