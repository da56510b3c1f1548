import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../clock';

/** The answer is not ready: 202, ask again. */
export class NotReady {
  readonly retryAfterSeconds = 5;
  readonly message = `This takes long: ask again in ${this.retryAfterSeconds} seconds, and the answer is there or on its way.`;
}

interface Making {
  readonly answer: Promise<unknown>;
  /** Somebody was told to ask again. */
  isAwaited: boolean;
  /** Real time in milliseconds. */
  readyAt?: number;
}

const AT_ONCE = 4;
const KEPT_MILLISECONDS = 30_000;

/**
 * Answers that may take longer than a client waits. Whoever asks the same question meanwhile gets the same answer; one
 * that somebody was told to come back for is kept for half a minute after it is ready. This is memory of one process:
 * another one that is asked makes the answer too.
 */
@Injectable()
export class SlowAnswers {
  /** How long a request waits for its answer. */
  readonly patienceMilliseconds: number = 10_000;
  private readonly logger = new Logger(SlowAnswers.name);
  private readonly makings = new Map<string, Making>();

  constructor(private readonly clock: Clock) {}

  /** The answer to a question; `NotReady` when it takes longer, or when too many others are in the making. */
  async ask<T>(question: string, make: () => Promise<T>): Promise<T | NotReady> {
    this.forgetOld();
    const making = this.makings.get(question) ?? this.begin(question, make);
    if (!making) return new NotReady();
    const patience = new AbortController();
    const late = sleep(this.patienceMilliseconds, new NotReady(), { signal: patience.signal });
    try {
      const answer = await Promise.race([making.answer as Promise<T>, late]);
      if (answer instanceof NotReady) making.isAwaited = true;
      return answer;
    } finally {
      patience.abort();
    }
  }

  private begin(question: string, make: () => Promise<unknown>): Making | undefined {
    const unready = [...this.makings.values()].filter(({ readyAt }) => readyAt === undefined);
    if (unready.length >= AT_ONCE) return undefined;
    const making: Making = { answer: make(), isAwaited: false };
    this.makings.set(question, making);
    making.answer.then(
      () => {
        if (making.isAwaited) making.readyAt = this.clock.real();
        else this.makings.delete(question);
      },
      (error: unknown) => {
        this.makings.delete(question);
        if (making.isAwaited) this.logger.error({ err: error, question }, 'An answer that is awaited failed');
      },
    );
    return making;
  }

  private forgetOld(): void {
    const oldest = this.clock.real() - KEPT_MILLISECONDS;
    for (const [question, { readyAt = Infinity }] of this.makings) {
      if (readyAt < oldest) this.makings.delete(question);
    }
  }
}
