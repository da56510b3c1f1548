import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../../../platform/telemetry/metrics';
import type { PendingSubscription, Subscription } from '../../subscription';
import type { Batch } from '../domain/plan-batch';
import { GENERATION_FAULT } from '../generation.metrics';
import { isConflict, isTransient } from './commit-errors';
import type { ShardSession } from './shard-session';

/** How often a batch that conflicts is read and decided again before it is split. */
const MAX_ATTEMPTS = 4;

/**
 * Decides subscriptions in batches, each of them one transaction. A batch that conflicts is decided again; one that
 * keeps failing is split, so that a bad subscription fails alone. Errors that have another cause are thrown.
 */
@Injectable()
export class BatchCommitter {
  private readonly logger = new Logger(BatchCommitter.name);

  constructor(private readonly metrics: Metrics) {}

  /** Decides the pending subscriptions of a page, in their order. After the last page the shard may be finished. */
  async commitPage(session: ShardSession, page: readonly Subscription[], isLastPage = false): Promise<void> {
    await this.commitInBatches(session, await session.startPage(page), isLastPage);
  }

  /** Tries the postponed subscriptions again, now that all others are decided. What still conflicts is undecidable. */
  async commitPostponed(session: ShardSession): Promise<void> {
    const postponed = session.takePostponed();
    if (postponed.length === 0) return;
    await this.commitInBatches(session, await session.reload(postponed));
    for (const subscription of session.takePostponed()) {
      await this.recordFailure(session, subscription, new Error('It does not hold still'));
    }
  }

  private async commitInBatches(
    session: ShardSession,
    pending: readonly PendingSubscription[],
    isLast = false,
    attempt = 1,
  ): Promise<void> {
    let queue = pending;
    while (queue.length > 0) {
      const batch = session.plan(queue);
      queue = queue.slice(batch.subscriptions.length);
      await this.commitWithRetry(session, batch, isLast && queue.length === 0, attempt);
    }
  }

  private async commitWithRetry(session: ShardSession, batch: Batch, isLast: boolean, attempt: number): Promise<void> {
    const failure = await failureOf(session.commit(batch, isLast));
    if (failure === undefined) return;
    const { subscriptions } = batch;
    if (isConflict(failure) && attempt < MAX_ATTEMPTS) {
      const stale = subscriptions.map(({ subscription }) => subscription);
      await this.commitInBatches(session, await session.reload(stale), isLast, attempt + 1);
    } else if (subscriptions.length > 1) {
      const middle = Math.ceil(subscriptions.length / 2);
      await this.commitInBatches(session, subscriptions.slice(0, middle));
      await this.commitInBatches(session, subscriptions.slice(middle), isLast);
    } else for (const { subscription } of subscriptions) await this.giveUp(session, subscription, failure);
  }

  /** A conflict may be over by the end of the shard; any other failure is recorded as the outcome. */
  private async giveUp(session: ShardSession, subscription: Subscription, failure: Error): Promise<void> {
    if (!isConflict(failure)) return this.recordFailure(session, subscription, failure);
    const { subscriptionId } = subscription;
    this.logger.warn({ err: failure, subscriptionId }, 'Subscription keeps changing, postponed');
    session.postpone(subscription);
  }

  private async recordFailure(session: ShardSession, subscription: Subscription, error: Error): Promise<void> {
    const { subscriptionId } = subscription;
    this.logger.error({ err: error, subscriptionId }, 'Subscription could not be decided');
    this.metrics.record(GENERATION_FAULT, 1, { subscriptionId });
    await session.commit(session.plan([{ subscription, pending: { outcome: 'UNDECIDABLE', error } }]));
  }
}

/** Why the writes of a commit were refused; undefined when it succeeded. Throws errors that have another cause. */
async function failureOf(commit: Promise<void>): Promise<Error | undefined> {
  try {
    await commit;
    return undefined;
  } catch (error) {
    if (isTransient(error) || !(error instanceof Error)) throw error;
    return error;
  }
}
