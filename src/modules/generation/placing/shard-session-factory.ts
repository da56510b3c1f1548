import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/transaction/transaction';
import { ProductService } from '../../product';
import type { RunPass } from '../domain/run';
import type { ShardProgress } from '../domain/shard-progress';
import { onlyReserved, type StockReservation } from '../domain/stock-reservation';
import { RunSchedule } from '../run-schedule';
import { ShardProgressRepository } from '../shard-progress.repository';
import { DecisionWriter } from './decision-writer';
import { type OnFinish, type SessionServices, ShardSession } from './shard-session';
import { SnapshotReader } from './snapshot-reader';
import { LiveStock, ReservedStock } from './stock-source';

/** Opens sessions on shards, with the services that each of them needs. */
@Injectable()
export class ShardSessionFactory implements SessionServices {
  constructor(
    readonly snapshots: SnapshotReader,
    readonly writer: DecisionWriter,
    readonly progressRepository: ShardProgressRepository,
    readonly transaction: Transaction,
    private readonly products: ProductService,
    private readonly schedule: RunSchedule,
  ) {}

  /** Opens a session on a shard with its reserved stock. Subscriptions that need a scarce product are deferred. */
  openReserved(
    pass: RunPass,
    shard: string,
    progress: ShardProgress,
    reservations: readonly StockReservation[],
    onFinish: OnFinish,
  ): ShardSession {
    return new ShardSession(this, {
      pass,
      shard,
      context: this.schedule.runContext(pass.date, 'DEFER'),
      stock: new ReservedStock(this.products, reservations),
      progress: { ...progress, left: onlyReserved(progress.left, reservations) },
      onFinish,
    });
  }

  /** Opens a session on the deferred subscriptions with the live stock. */
  openLive(pass: RunPass, shard: string, progress: ShardProgress, onFinish: OnFinish): ShardSession {
    return new ShardSession(this, {
      pass,
      shard,
      context: this.schedule.runContext(pass.date, 'PARTIAL'),
      stock: new LiveStock(this.products, this.snapshots),
      progress,
      onFinish,
    });
  }
}
