import { Injectable, Logger } from '@nestjs/common';
import { newEventId, type ProductId } from '../../kernel/ids';
import { BackgroundTasks } from '../../platform/background-tasks';
import { Clock } from '../../platform/clock';
import { Unavailable } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import { StockMoved } from './domain/product.errors';
import { planSplit } from './domain/stock-split';
import { ProductCatalogue } from './product-catalogue.service';
import { ProductRepository, type StoredProduct } from './product.repository';
import { StockShareRepository } from './stock-share.repository';

/** A stock is split when this many orders of this process met in its row within the window. */
const CONFLICTS_TO_SPLIT = 10;
const WINDOW_MILLISECONDS = 5_000;
const MAX_MERGE_ATTEMPTS = 20;

/**
 * Splits the stock of a product that many customers order at once into rows that can be written beside each other, and
 * merges it again. Whatever is not a plain order works on merged stock.
 */
@Injectable()
export class HotStock {
  private readonly logger = new Logger(HotStock.name);
  private readonly conflicts = new Map<ProductId, number[]>();
  private readonly splitting = new Set<ProductId>();

  constructor(
    private readonly repository: ProductRepository,
    private readonly shares: StockShareRepository,
    private readonly catalogue: ProductCatalogue,
    private readonly transaction: Transaction,
    private readonly background: BackgroundTasks,
    private readonly clock: Clock,
  ) {}

  /** Records that an order conflicted with another write of the product's row. Splits the stock if that is frequent. */
  noteConflict(productId: ProductId): void {
    const now = this.clock.realNow();
    const recent = [...(this.conflicts.get(productId) ?? []).filter((time) => time > now - WINDOW_MILLISECONDS), now];
    this.conflicts.set(productId, recent);
    if (recent.length < CONFLICTS_TO_SPLIT || this.splitting.has(productId)) return;
    this.conflicts.delete(productId);
    this.splitting.add(productId);
    this.background.run(() => this.split(productId).finally(() => this.splitting.delete(productId)));
  }

  /** Splits a stock, unless it is split already, too small, or changes at this moment. */
  async split(productId: ProductId): Promise<void> {
    const product = await this.repository.findStored(productId);
    const plan = product && product.splitId === undefined && product.active ? planSplit(product.stock) : undefined;
    if (!product || !plan) return;
    const { price, taxRate } = product;
    const splitId = `${productId}#${newEventId()}`;
    const share = { productId, stock: plan.unitsEach, price, taxRate };
    try {
      await this.transaction.commit([
        this.repository.markSplit(product, splitId, plan),
        ...Array.from({ length: plan.shares }, (_, index) => this.shares.add(splitId, index, share)),
      ]);
    } catch (error) {
      if (!(error instanceof StockMoved)) throw error;
      return;
    }
    this.logger.log({ productId, shares: plan.shares }, 'Stock split');
    await this.catalogue.refresh([productId]);
  }

  /**
   * Moves all shares of a product back to its row. Orders may take units meanwhile. Idempotent, also while another task
   * merges the product or after one crashed in the middle.
   */
  async merge(productId: ProductId): Promise<void> {
    const product = await this.repository.findStored(productId);
    if (product?.splitId === undefined) return;
    const split = product as StoredProduct & { splitId: string };
    const units = await this.shares.unitsOf(split.splitId, split.splitShares ?? 0);
    if (!(await this.moveBack(split, [...units.entries()]))) {
      // Orders came in between. One share at a time, each is soon found unchanged.
      for (const share of units.keys()) await this.moveShareBack(split, share);
    }
    await this.transaction.commit([this.repository.endSplit(productId, split.splitId)]).catch(ignoreMoved);
    this.logger.log({ productId }, 'Stock merged');
    await this.catalogue.refresh([productId]);
  }

  private async moveShareBack(split: StoredProduct & { splitId: string }, share: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const units = (await this.shares.unitsOf(split.splitId, split.splitShares ?? 0))[share];
      if (await this.moveBack(split, [[share, units]])) return;
      if (attempt === MAX_MERGE_ATTEMPTS) throw new StockMoved();
    }
  }

  /** False if one of the shares has changed, or if orders kept the transaction from being committed. */
  private async moveBack(
    { productId, splitId }: StoredProduct & { splitId: string },
    shares: readonly [share: number, units: number | undefined][],
  ): Promise<boolean> {
    const present = shares.flatMap(([share, units]) => (units === undefined ? [] : [{ share, units }]));
    if (present.length === 0) return true;
    const total = present.reduce((sum, { units }) => sum + units, 0);
    try {
      await this.transaction.commit([
        this.repository.addMerged(productId, splitId, total),
        ...present.map(({ share, units }) => this.shares.removeUnchanged(splitId, share, units)),
      ]);
      return true;
    } catch (error) {
      if (error instanceof StockMoved || error instanceof Unavailable) return false;
      throw error;
    }
  }
}

/** Another task has ended the split. */
function ignoreMoved(error: unknown): void {
  if (!(error instanceof StockMoved)) throw error;
}
