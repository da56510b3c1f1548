import { api, bodyOf } from '../../api/client.ts';
import { newKey } from '../../api/new-key.ts';
import { ApiError } from '../../api/problem.ts';
import { requestOf, storeResults, takeDueReports } from '../store/reports.ts';

const TIMEOUT_MILLISECONDS = 20_000;

/** A request whose response was lost keeps its key. After a response, the next request gets a new one. */
let attempt: { readonly ids: string; readonly key: string } | undefined;

/**
 * Sends the reports of a courier that are due, in the order in which they were made. The server refuses them if the
 * session is that of another user. Returns whether it refused some. Call it with the lock held.
 */
export async function sendReports(userId: string): Promise<boolean> {
  let isRefused = false;
  for (;;) {
    const reports = await takeDueReports(userId);
    if (reports.length === 0) return isRefused;
    const ids = reports.map(({ id }) => id).join();
    if (attempt?.ids !== ids) attempt = { ids, key: newKey() };
    const results = await bodyOf(
      api.POST('/delivery/updates', {
        params: { query: { userId }, header: { 'Idempotency-Key': attempt.key } },
        body: reports.map(requestOf),
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      }),
    );
    attempt = undefined;
    await storeResults(userId, reports, results);
    isRefused ||= results.some(({ result }) => result === 'REFUSED');
    const unavailable = results.find(({ result }) => result === 'UNAVAILABLE');
    if (unavailable) throw new ApiError(503, unavailable.code ?? '', unavailable.detail ?? '');
  }
}
