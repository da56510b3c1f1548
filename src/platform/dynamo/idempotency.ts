import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { currentContext } from '../context';
import { Conflict, DomainError, Unprocessable } from '../errors';
import { Database } from './database';
import { declareTable } from './table';
import { put, update, type Item, type Write } from './write';

export const idempotencyTable = declareTable('Idempotency', { id: { type: String, hashKey: true } }, { expires: true });

/** One request under an Idempotency-Key: whose, which route, which key; and the hash of its body. */
export interface Once {
  readonly id: string;
  readonly hash: string;
}

interface Record {
  id: string;
  hash: string;
  /** The first answer, as JSON; absent while a claim is running. */
  answer?: string;
  /** What a claim works on, so that whoever finds it abandoned can tell how it ended. */
  subject?: string;
  leaseUntil?: number;
  expiresAt: number;
}

export class KeyReused extends Unprocessable {
  static override readonly code = 'idempotency.key_reused';
  constructor() {
    super('This Idempotency-Key was used for another request: send a new key, or the same body again.');
  }
}

export class InProgress extends Conflict {
  static override readonly code = 'idempotency.in_progress';
  constructor() {
    super('The first request with this Idempotency-Key is still running: ask again in a moment.');
  }
}

/** Not a failure: the request was answered before, and this is the answer. */
class Answered extends DomainError {
  constructor(readonly answer: unknown) {
    super('answered before');
  }
}

/** Not a failure: the request was claimed, and whoever claimed it is gone. */
class Abandoned extends DomainError {
  constructor(readonly subject: string) {
    super('claimed and abandoned');
  }
}

const KEPT_SECONDS = 24 * 60 * 60;
const LEASE_MILLISECONDS = 60_000;

/**
 * The same request twice is done once. The record is a write of the use case's own transaction: it costs no round
 * trip, and the loser of a race reads the winner's answer.
 */
@Injectable()
export class Idempotency {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(idempotencyTable);
  }

  /**
   * Runs a use case under its key. A story that fails may fail because it was done before (its cart is empty now):
   * so a failure looks for the first answer before it is told.
   */
  async run<T>(once: Once | undefined, story: () => Promise<T>, ending?: (subject: string) => Promise<T>): Promise<T> {
    if (!once) return story();
    try {
      return await story();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const known = isVerdict(error) ? error : ((await this.recall(once)) ?? error);
      if (known instanceof Answered) return replay(known.answer as T);
      if (known instanceof Abandoned && ending) return replay(await ending(known.subject));
      throw known;
    }
  }

  /** The record of a use case that is one transaction: put it first among the writes. */
  answered(once: Once | undefined, answer: unknown): Write | undefined {
    return once && this.first(once, { answer: JSON.stringify(answer) });
  }

  /** Claims the key for a use case that calls out; the lease ends by itself when the process dies. */
  claimed(once: Once | undefined, subject: string): Write | undefined {
    return once && this.first(once, { subject, leaseUntil: this.clock.real() + LEASE_MILLISECONDS });
  }

  /** Gives a claimed key its answer. */
  finished(once: Once | undefined, answer: unknown): Write | undefined {
    if (!once) return undefined;
    const change = { set: { answer: JSON.stringify(answer) }, remove: ['leaseUntil'] };
    return update(this.table, { id: once.id }, change, { condition: 'attribute_exists(id)' }, () => new InProgress());
  }

  private first(once: Once, rest: Partial<Record>): Write {
    const now = Math.floor(this.clock.real() / 1000);
    return put(
      this.table,
      { ...once, ...rest, expiresAt: now + KEPT_SECONDS },
      {
        condition: 'attribute_not_exists(id) OR #expiresAt < :now',
        names: { expiresAt: 'expiresAt' },
        values: { now },
      },
      (old) => this.verdict(once, old),
    );
  }

  private async recall(once: Once): Promise<DomainError | undefined> {
    const record = await this.database.get<Record>({ table: this.table, key: { id: once.id } });
    return record && record.expiresAt * 1000 > this.clock.real() ? this.verdict(once, record) : undefined;
  }

  private verdict(once: Once, old: Item | Record | undefined): DomainError {
    const record = old as Record | undefined;
    if (!record) return new InProgress();
    if (record.hash !== once.hash) return new KeyReused();
    if (record.answer !== undefined) return new Answered(JSON.parse(record.answer));
    const abandoned = record.subject !== undefined && (record.leaseUntil ?? 0) < this.clock.real();
    return abandoned ? new Abandoned(record.subject as string) : new InProgress();
  }
}

function isVerdict(error: DomainError): boolean {
  return [Answered, Abandoned, KeyReused, InProgress].some((verdict) => error instanceof verdict);
}

function replay<T>(answer: T): T {
  const context = currentContext();
  if (context) context.replayed = true;
  return answer;
}
