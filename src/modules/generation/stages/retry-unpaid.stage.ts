import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { retryOnConflict, TooMuchContention } from '../../../platform/dynamo/retry-on-conflict';
import { ShutdownSignal } from '../../../platform/shutdown/shutdown-signal';
import { Metrics } from '../../../platform/telemetry/metrics';
import { Transaction } from '../../../platform/transaction/transaction';
import { SHARDS } from '../../subscription';
import { Availability } from '../domain/availability';
import { decideRetry } from '../domain/decide-retry';
import { RunConflict } from '../domain/generation.errors';
import type { OutcomeRecord } from '../domain/outcome-record';
import type { Run } from '../domain/run';
import { GENERATION_FAULT } from '../generation.metrics';
import { OutcomeRepository } from '../outcome.repository';
import { isConflict, isTransient } from '../placing/commit-errors';
import { DecisionWriter } from '../placing/decision-writer';
import { SnapshotReader } from '../placing/snapshot-reader';
import { RunRepository } from '../run.repository';

const PAGE_SIZE = 100;

/** The stock or the wallet has changed since it was read. */
class RetryConflict extends Error {}

/** In the early morning, tries again to place the orders that the wallet did not cover. */
@Injectable()
export class RetryUnpaidStage {
  private readonly logger = new Logger(RetryUnpaidStage.name);

  constructor(
    private readonly outcomes: OutcomeRepository,
    private readonly runs: RunRepository,
    private readonly snapshots: SnapshotReader,
    private readonly writer: DecisionWriter,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly shutdown: ShutdownSignal,
    private readonly metrics: Metrics,
  ) {}

  /** Retries all unpaid orders of a date, one by one: see `decideRetry`. `ShuttingDown`. */
  async retryAll(run: Run): Promise<void> {
    for (const shard of SHARDS) {
      const unpaidPages = iteratePages(PAGE_SIZE, (page) => this.outcomes.listShortBalance(run.date, shard, page));
      for await (const records of unpaidPages) {
        this.shutdown.throwIfStarted();
        if (records.length > 0) await this.transaction.commit([this.runs.heartbeat(run)]);
        for (const record of records) await this.retry(run, record);
      }
    }
  }

  /** A record that cannot be retried stays SHORT_BALANCE. The others are still retried. */
  private async retry(run: Run, record: OutcomeRecord): Promise<void> {
    try {
      await retryOnConflict(RetryConflict, () => this.retryOnce(run, record));
    } catch (error) {
      // Another worker has retried it.
      if (error instanceof RunConflict) return;
      if (isTransient(error) && !(error instanceof TooMuchContention)) throw error;
      const { subscriptionId } = record;
      this.logger.error({ err: error, subscriptionId }, 'Unpaid order could not be retried');
      this.metrics.record(GENERATION_FAULT, 1, { subscriptionId });
    }
  }

  private async retryOnce(run: Run, record: OutcomeRecord): Promise<void> {
    const { userId, items = [] } = record;
    const [wallet, stock] = await Promise.all([this.snapshots.wallet(userId), this.snapshots.stock(items)]);
    const now = this.clock.now();
    const decision = decideRetry(record, new Availability(stock, new Map([[userId, wallet.balance]])), now);
    const { writes, events } = this.writer.retryChangesOf(run, record, decision, wallet, now);
    try {
      await this.transaction.commit(writes, events);
    } catch (error) {
      throw isConflict(error) ? new RetryConflict() : error;
    }
  }
}
