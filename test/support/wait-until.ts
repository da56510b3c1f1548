import { setTimeout as pause } from 'node:timers/promises';

const TIMEOUT_MILLISECONDS = 60_000;
const POLL_INTERVAL_MILLISECONDS = 25;

/** Polls until the probe returns a value; throws after the timeout. */
export async function waitUntil<T>(
  description: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
  intervalMilliseconds = POLL_INTERVAL_MILLISECONDS,
): Promise<T> {
  const deadline = Date.now() + timeoutMilliseconds;
  for (;;) {
    const result = await probe();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > deadline) throw new Error(`Timed out after ${timeoutMilliseconds} ms waiting for ${description}`);
    await pause(intervalMilliseconds);
  }
}
