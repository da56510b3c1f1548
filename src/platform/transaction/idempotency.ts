import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Database } from '../dynamo/database';
import { readItem } from '../dynamo/read';
import { declareTable } from '../dynamo/table';
import { type Item, put, update, type Write } from '../dynamo/write';
import { Conflict, DomainError, Unprocessable } from '../errors';
import { currentContext } from '../request-context';

export const idempotencyTable = declareTable('Idempotency', { id: { type: String, hashKey: true } }, { expires: true });

/** A request with an Idempotency-Key. The id consists of caller, route and key. */
export interface IdempotentRequest {
  readonly id: string;
  /** Hash of the effective user, the path parameters, the query and the body. */
  readonly hash: string;
  /** The hash that earlier versions stored. Absent where the body alone does not say which request it was. */
  readonly bodyHash?: string;
}

interface IdempotencyRecord {
  id: string;
  hash: string;
  /** The first response, as JSON. Absent while a claim is running. */
  answer?: string;
  /** Id of the object that a claim works on. A later request uses it to find out how an abandoned claim ended. */
  subject?: string;
  leaseUntil?: number;
  expiresAt: number;
}

export class IdempotencyKeyReused extends Unprocessable {
  static override readonly code = 'idempotency.key_reused';
  constructor() {
    super('This Idempotency-Key was used for another request. Send a new key, or repeat the original request.');
  }
}

export class RequestInProgress extends Conflict {
  static override readonly code = 'idempotency.in_progress';
  constructor() {
    super('The first request with this Idempotency-Key is still running. Try again in a moment.');
  }
}

/** Not a failure: the request was answered before, with this response. */
class ReplayedResponse extends DomainError {
  constructor(readonly answer: unknown) {
    super('The request was answered before');
  }
}

/** Not a failure: the request was claimed before, and its lease ended without a response. */
class AbandonedClaim extends DomainError {
  constructor(readonly subject: string) {
    super('The claim of the request was abandoned');
  }
}

const RETENTION_SECONDS = 24 * 60 * 60;
const LEASE_MILLISECONDS = 60_000;

/**
 * Executes a repeated request only once. The record is a write in the use case's own transaction, so it costs no extra
 * round trip, and the loser of a race gets the winner's response.
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
   * Runs a use case under its key. A retry can fail because the first attempt succeeded (for example, it took the last
   * stock), so a stored response takes precedence over the error.
   */
  async run<T>(
    request: IdempotentRequest | undefined,
    operation: () => Promise<T>,
    recover?: (subject: string) => Promise<T>,
  ): Promise<T> {
    if (!request) return operation();
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const outcome = isOutcome(error) ? error : ((await this.findOutcome(request)) ?? error);
      if (outcome instanceof ReplayedResponse) return markReplayed(outcome.answer as T);
      if (outcome instanceof AbandonedClaim && recover) return markReplayed(await recover(outcome.subject));
      throw outcome;
    }
  }

  /** The record of a use case that is one transaction. Put it first among the writes. */
  recordResponse(request: IdempotentRequest | undefined, response: unknown): Write | undefined {
    return request && this.insertRecord(request, { answer: JSON.stringify(response) });
  }

  /** Claims the key for a use case that calls an external service. The lease expires if the process crashes. */
  claim(request: IdempotentRequest | undefined, subject: string): Write | undefined {
    return request && this.insertRecord(request, { subject, leaseUntil: this.clock.realNow() + LEASE_MILLISECONDS });
  }

  /** Stores the response of a claimed key. */
  completeClaim(request: IdempotentRequest | undefined, response: unknown): Write | undefined {
    if (!request) return undefined;
    const change = { set: { answer: JSON.stringify(response) }, remove: ['leaseUntil'] };
    return update(
      this.table,
      { id: request.id },
      change,
      { condition: 'attribute_exists(id)' },
      () => new RequestInProgress(),
    );
  }

  private insertRecord(request: IdempotentRequest, rest: Partial<IdempotencyRecord>): Write {
    const { id, hash } = request;
    const now = Math.floor(this.clock.realNow() / 1000);
    return put(
      this.table,
      { id, hash, ...rest, expiresAt: now + RETENTION_SECONDS },
      {
        condition: 'attribute_not_exists(id) OR #expiresAt < :now',
        names: { expiresAt: 'expiresAt' },
        values: { now },
      },
      (old) => this.outcomeOf(request, old),
    );
  }

  private async findOutcome(request: IdempotentRequest): Promise<DomainError | undefined> {
    const record = await this.database.get(readItem<IdempotencyRecord>(this.table, { id: request.id }));
    return record && record.expiresAt * 1000 > this.clock.realNow() ? this.outcomeOf(request, record) : undefined;
  }

  private outcomeOf(request: IdempotentRequest, stored: Item | IdempotencyRecord | undefined): DomainError {
    const record = stored as IdempotencyRecord | undefined;
    if (!record) return new RequestInProgress();
    if (record.hash !== request.hash && record.hash !== request.bodyHash) return new IdempotencyKeyReused();
    if (record.answer !== undefined) return new ReplayedResponse(JSON.parse(record.answer));
    const isAbandoned = record.subject !== undefined && (record.leaseUntil ?? 0) < this.clock.realNow();
    return isAbandoned ? new AbandonedClaim(record.subject as string) : new RequestInProgress();
  }
}

function isOutcome(error: DomainError): boolean {
  return [ReplayedResponse, AbandonedClaim, IdempotencyKeyReused, RequestInProgress].some(
    (outcome) => error instanceof outcome,
  );
}

function markReplayed<T>(response: T): T {
  const context = currentContext();
  if (context) context.replayed = true;
  return response;
}
