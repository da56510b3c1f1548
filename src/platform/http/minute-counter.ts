import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock';
import { RateLimitExceeded } from '../errors';

const WINDOW_MILLISECONDS = 60_000;
/** Bounds the memory. The least recently used key is dropped first. */
const MAX_KEYS = 20_000;

interface Window {
  count: number;
  /** Real time, in milliseconds. */
  readonly endsAt: number;
}

export interface Remaining {
  readonly remaining: number;
  readonly secondsLeft: number;
}

/** Counts per key and minute, in the memory of this task, so it costs no round trip. A minute begins with a request. */
export class MinuteCounter {
  private readonly windows = new LRUCache<string, Window>({ max: MAX_KEYS });

  constructor(private readonly clock: Clock) {}

  /** Adds one to the count of a key. `request.too_many` if that exceeds the limit. */
  add(key: string, limit: number): Remaining {
    const window = this.windowOf(key);
    const secondsLeft = Math.ceil((window.endsAt - this.clock.realNow()) / 1_000);
    if (window.count >= limit) throw new RateLimitExceeded(secondsLeft, limit);
    window.count++;
    return { remaining: limit - window.count, secondsLeft };
  }

  private windowOf(key: string): Window {
    const now = this.clock.realNow();
    const current = this.windows.get(key);
    if (current && current.endsAt > now) return current;
    const next = { count: 0, endsAt: now + WINDOW_MILLISECONDS };
    this.windows.set(key, next);
    return next;
  }
}
