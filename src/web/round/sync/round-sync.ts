import { ApiError } from '../../api/problem.ts';
import { isHeld, isWaiting } from '../store/reports.ts';
import { onStoreChange } from '../store/database.ts';
import { readDevice, tidyDevice } from '../store/rounds.ts';
import { fetchRound } from './fetch-round.ts';
import { sendReports } from './send-reports.ts';

const LOCK = 'milkround:reports';
const POLL_MILLISECONDS = 45_000;
const MAX_BACKOFF_MILLISECONDS = 60_000;

export interface SyncState {
  readonly isRunning: boolean;
  /** Why the last try failed. */
  readonly error?: unknown;
}

/**
 * Keeps the device and the server in step for one courier: sends the reports that are due, then loads the round. One tab
 * does so at a time (Web Locks). Tries again with backoff while the server cannot be reached.
 */
export class RoundSync {
  private stopping = new AbortController();
  private readonly listeners = new Set<() => void>();
  private current: SyncState = { isRunning: false };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private isStale = true;
  private isRequested = false;

  constructor(private readonly userId: string) {}

  start(): () => void {
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    addEventListener('online', this.reload, { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.reload(), { signal });
    signal.addEventListener(
      'abort',
      onStoreChange(() => void this.schedule()),
    );
    // The browser must not remove the queue when the disk is full.
    void navigator.storage?.persist?.();
    this.reload();
    return () => {
      this.isRequested = false;
      this.stopping.abort();
      clearTimeout(this.timer);
    };
  }

  readonly state = (): SyncState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Sends what is due, and loads the round. */
  readonly reload = (): void => {
    this.isStale = true;
    this.wake();
  };

  private wake(): void {
    this.isRequested = true;
    if (!this.current.isRunning) void this.run();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (this.isRequested && !signal.aborted) {
      this.isRequested = false;
      this.show({ ...this.current, isRunning: true });
      try {
        await navigator.locks.request(LOCK, { signal }, () => this.sync());
        this.failures = 0;
        this.show({ isRunning: true });
      } catch (error) {
        if (signal.aborted) break;
        this.failures++;
        this.show({ isRunning: true, error });
        // The user is no courier any more.
        if (error instanceof ApiError && error.code === 'auth.forbidden')
          await tidyDevice(undefined).catch(() => undefined);
      }
    }
    this.show({ ...this.current, isRunning: false });
    // Started again meanwhile.
    if (signal.aborted && this.isRequested && !this.stopping.signal.aborted) void this.run();
    else await this.schedule();
  }

  private async sync(): Promise<void> {
    const failure = await this.send();
    if (this.isStale) {
      await fetchRound(this.userId);
      this.isStale = false;
    }
    if (failure) throw failure;
  }

  /** Returns the error of a server that answers: reports that it cannot take must not hide the round. */
  private async send(): Promise<ApiError | undefined> {
    try {
      // What the server says now is of interest after it refused something.
      if (await sendReports(this.userId)) this.isStale = true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status === 0) throw error;
      return error;
    }
    return undefined;
  }

  /** Wakes up when the next report is due, to look for changes, or to try again. */
  private async schedule(): Promise<void> {
    if (this.current.isRunning || this.stopping.signal.aborted) return;
    const device = await readDevice(this.userId).catch(() => undefined);
    clearTimeout(this.timer);
    if (!device) {
      // The disk may be full, or the browser has closed the database in the background.
      this.timer = setTimeout(() => this.wake(), MAX_BACKOFF_MILLISECONDS);
      return;
    }
    const { round, reports } = device;
    const now = Date.now();
    const next = reports.find(isWaiting);
    const dueIn = next ? (isHeld(next, now) ? next.heldUntil - now : 0) : Infinity;
    const pollIn = this.isStale ? 0 : document.hidden ? Infinity : (round?.fetchedAt ?? 0) + POLL_MILLISECONDS - now;
    const delay = Math.max(Math.min(dueIn, pollIn), this.backoff());
    if (delay === Infinity) return;
    this.timer = setTimeout(() => {
      this.isStale ||= pollIn <= delay;
      this.wake();
    }, delay);
  }

  private backoff(): number {
    if (this.failures === 0) return 0;
    const { error } = this.current;
    const asked = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
    const delay = Math.min(MAX_BACKOFF_MILLISECONDS, 1_000 * 2 ** this.failures);
    return Math.max(asked, delay * (0.5 + Math.random() / 2));
  }

  private show(state: SyncState): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}
