import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../clock';

/** The answer is not ready: 202, ask again. */
export class ResponsePending {
  readonly retryAfterSeconds = 5;
  readonly message = `This takes long: ask again in ${this.retryAfterSeconds} seconds, and the answer is there or on its way.`;
}

interface Computation {
  readonly result: Promise<unknown>;
  /** Somebody was told to ask again. */
  isPolled: boolean;
  /** Real time in milliseconds. */
  readyAt?: number;
}

const MAX_CONCURRENT = 4;
const RETENTION_MILLISECONDS = 30_000;

/**
 * Answers that may take longer than a client waits. Whoever asks the same question meanwhile gets the same answer; one
 * that somebody was told to come back for is kept for half a minute after it is ready. This is memory of one process:
 * another one that is asked makes the answer too.
 */
@Injectable()
export class AsyncResponses {
  /** How long a request waits for its answer. */
  readonly waitMilliseconds: number = 10_000;
  private readonly logger = new Logger(AsyncResponses.name);
  private readonly computations = new Map<string, Computation>();

  constructor(private readonly clock: Clock) {}

  /** The answer to a question; `ResponsePending` when it takes longer, or when too many others are in the making. */
  async getOrCompute<T>(key: string, compute: () => Promise<T>): Promise<T | ResponsePending> {
    this.evictExpired();
    const computation = this.computations.get(key) ?? this.startComputation(key, compute);
    if (!computation) return new ResponsePending();
    const timeout = new AbortController();
    const pending = sleep(this.waitMilliseconds, new ResponsePending(), { signal: timeout.signal });
    try {
      const result = await Promise.race([computation.result as Promise<T>, pending]);
      if (result instanceof ResponsePending) computation.isPolled = true;
      return result;
    } finally {
      timeout.abort();
    }
  }

  private startComputation(key: string, compute: () => Promise<unknown>): Computation | undefined {
    const running = [...this.computations.values()].filter(({ readyAt }) => readyAt === undefined);
    if (running.length >= MAX_CONCURRENT) return undefined;
    const computation: Computation = { result: compute(), isPolled: false };
    this.computations.set(key, computation);
    computation.result.then(
      () => {
        if (computation.isPolled) computation.readyAt = this.clock.realNow();
        else this.computations.delete(key);
      },
      (error: unknown) => {
        this.computations.delete(key);
        if (computation.isPolled) this.logger.error({ err: error, question: key }, 'An answer that is awaited failed');
      },
    );
    return computation;
  }

  private evictExpired(): void {
    const oldest = this.clock.realNow() - RETENTION_MILLISECONDS;
    for (const [key, { readyAt = Infinity }] of this.computations) {
      if (readyAt < oldest) this.computations.delete(key);
    }
  }
}
