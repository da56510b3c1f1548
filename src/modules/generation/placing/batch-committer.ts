import { Injectable, Logger } from '@nestjs/common';
import type { PendingSubscription, Subscription } from '../../subscription';
import type { Batch } from '../domain/plan-batch';
import { isConflict, isTransient } from './commit-errors';
import type { ShardSession } from './shard-session';

/** Attempts at a conflicting batch before it is split. Each half gets as many again. */
const MAX_ATTEMPTS = 4;

interface CommitOptions {
  /** Whether no other subscriptions follow in the shard, so that the commit may finish it. */
  readonly isLast: boolean;
  readonly attempt: number;
}

/**
 * Decides subscriptions in batches, one transaction each. A batch that conflicts is read and decided again. A batch
 * that keeps failing is split, so that a bad subscription fails alone. Transient errors are thrown.
 */
@Injectable()
export class BatchCommitter {
  private readonly logger = new Logger(BatchCommitter.name);

  /** Decides the pending subscriptions of a page, in order. The last page may finish the shard. */
  async commitPage(session: ShardSession, page: readonly Subscription[], isLastPage = false): Promise<void> {
    await this.commitInBatches(session, await session.startPage(page), { isLast: isLastPage, attempt: 1 });
  }

  /** Tries the postponed subscriptions again after all others. If one still conflicts, it is undecidable. */
  async commitPostponed(session: ShardSession): Promise<void> {
    const postponed = session.takePostponed();
    if (postponed.length === 0) return;
    await this.commitInBatches(session, await session.reload(postponed), { isLast: false, attempt: 1 });
    for (const subscription of session.takePostponed()) {
      await this.recordUndecidable(session, subscription, new Error('Still conflicting after the last attempt'));
    }
  }

  private async commitInBatches(
    session: ShardSession,
    pending: readonly PendingSubscription[],
    { isLast, attempt }: CommitOptions,
  ): Promise<void> {
    let rest = pending;
    while (rest.length > 0) {
      const batch = session.plan(rest);
      rest = rest.slice(batch.subscriptions.length);
      const isLastBatch = isLast && rest.length === 0;
      const failure = await failureOf(session.commit(batch, isLastBatch));
      if (failure) await this.recover(session, batch, failure, { isLast: isLastBatch, attempt });
    }
  }

  /** Repeats a failed batch, splits it, or gives up on its only subscription. */
  private async recover(
    session: ShardSession,
    { subscriptions }: Batch,
    failure: Error,
    { isLast, attempt }: CommitOptions,
  ): Promise<void> {
    if (isConflict(failure) && attempt < MAX_ATTEMPTS) {
      const pending = await session.reload(subscriptions.map(({ subscription }) => subscription));
      return this.commitInBatches(session, pending, { isLast, attempt: attempt + 1 });
    }
    const [first, ...others] = subscriptions;
    if (first && others.length === 0) return this.giveUp(session, first.subscription, failure);
    return this.splitAndCommit(session, subscriptions, isLast);
  }

  private async splitAndCommit(
    session: ShardSession,
    subscriptions: readonly PendingSubscription[],
    isLast: boolean,
  ): Promise<void> {
    const middle = Math.ceil(subscriptions.length / 2);
    await this.commitInBatches(session, subscriptions.slice(0, middle), { isLast: false, attempt: 1 });
    await this.commitInBatches(session, subscriptions.slice(middle), { isLast, attempt: 1 });
  }

  /** A conflict may have ended by the end of the shard. After any other failure the subscription is undecidable. */
  private async giveUp(session: ShardSession, subscription: Subscription, failure: Error): Promise<void> {
    if (!isConflict(failure)) return this.recordUndecidable(session, subscription, failure);
    const { subscriptionId } = subscription;
    this.logger.warn({ err: failure, subscriptionId }, 'Subscription still conflicts, postponed');
    session.postpone(subscription);
  }

  private async recordUndecidable(session: ShardSession, subscription: Subscription, error: Error): Promise<void> {
    const { subscriptionId } = subscription;
    this.logger.error({ err: error, subscriptionId }, 'Subscription could not be decided');
    await session.commit(session.plan([{ subscription, occurrence: { outcome: 'UNDECIDABLE', error } }]));
  }
}

/** The error if the writes of a commit were refused; undefined if it succeeded. Throws transient errors. */
async function failureOf(commit: Promise<void>): Promise<Error | undefined> {
  try {
    await commit;
    return undefined;
  } catch (error) {
    if (isTransient(error) || !(error instanceof Error)) throw error;
    return error;
  }
}
