import { Injectable, Logger } from '@nestjs/common';
import { newEventId, type ProductId } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import { BackgroundTasks } from '../../platform/background-tasks';
import { Clock } from '../../platform/clock';
import { TooMuchContention } from '../../platform/dynamo/retry-on-conflict';
import { Unavailable } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import { StockMoved } from './domain/product.errors';
import { planSplit, sharesToGather } from './domain/stock-split';
import { ProductCatalogue } from './product-catalogue.service';
import { ProductRepository, type StoredProduct } from './product.repository';
import { StockShareRepository } from './stock-share.repository';

/** A stock is split when this many orders of this process conflicted on its row within the window. */
const CONFLICTS_TO_SPLIT = 10;
const WINDOW_MILLISECONDS = 5_000;
const MAX_MERGE_ATTEMPTS = 20;
const MAX_MERGE_ROUNDS = 5;

type SplitProduct = StoredProduct & { readonly splitId: string };
/** The number of a share and its units. Undefined if it is moved back. */
type Share = readonly [share: number, units: number | undefined];

/**
 * Splits the stock of a product that many customers order at once into rows that can be written independently, and
 * merges it again. Everything except plain orders works on merged stock.
 */
@Injectable()
export class HotStock {
  private readonly logger = new Logger(HotStock.name);
  private readonly conflicts = new Map<ProductId, number[]>();
  private readonly splitting = new Set<ProductId>();
  private readonly merging = new Map<ProductId, Promise<void>>();
  private readonly gathering = new Map<ProductId, Promise<void>>();
  /** Units of the lines for which no move has begun. */
  private readonly wanted = new Map<ProductId, number>();

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

  /**
   * Splits a stock, unless it is split already, too small, or changed meanwhile. Afterwards this task knows the split,
   * also if another one made it.
   */
  async split(productId: ProductId): Promise<void> {
    await this.endEmptySplit(productId);
    await this.splitMerged(productId);
    await this.catalogue.refresh([productId]);
  }

  private async splitMerged(productId: ProductId): Promise<void> {
    const product = await this.repository.findStored(productId);
    const plan = product && !isSplit(product) && product.active ? planSplit(product.stock) : undefined;
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
  }

  /** A task that crashed while it merged the shares one by one leaves a split without units. */
  private async endEmptySplit(productId: ProductId): Promise<void> {
    const product = await this.repository.findStored(productId);
    if (!isSplit(product)) return;
    const shares = await this.sharesOf(product);
    if (shares.every(([, units]) => !units)) await this.moveBack(product, shares);
  }

  /**
   * Moves all shares of a product back to its row. Orders may take units meanwhile. Idempotent, also while another task
   * merges the product or after one crashed in the middle. Concurrent calls share one merge. `service.unavailable` if
   * orders keep changing a share.
   */
  async merge(productId: ProductId): Promise<void> {
    const merging =
      this.merging.get(productId) ?? this.mergeAll(productId).finally(() => this.merging.delete(productId));
    this.merging.set(productId, merging);
    await merging;
  }

  private async mergeAll(productId: ProductId): Promise<void> {
    for (let round = 1; ; round++) {
      const product = await this.repository.findStored(productId);
      if (!isSplit(product)) return this.catalogue.refresh([productId]);
      if (await this.moveToRow(product, await this.sharesOf(product))) break;
      if (round === MAX_MERGE_ROUNDS) throw new TooMuchContention();
    }
    this.logger.log({ productId }, 'Stock merged');
    await this.catalogue.refresh([productId]);
  }

  /**
   * Moves only as many shares to the row as a line needs. Orders that wait for that share one move, for all their
   * units.
   */
  async gather({ productId, qty }: Line): Promise<void> {
    this.wanted.set(productId, (this.wanted.get(productId) ?? 0) + qty);
    while (this.gathering.has(productId)) await this.gathering.get(productId)?.catch(() => undefined);
    const wanted = this.wanted.get(productId);
    // The last move was also for this line.
    if (wanted === undefined) return;
    this.wanted.delete(productId);
    const gathering = this.gatherUnits(productId, wanted).finally(() => this.gathering.delete(productId));
    this.gathering.set(productId, gathering);
    await gathering;
  }

  private async gatherUnits(productId: ProductId, wanted: number): Promise<void> {
    const product = await this.repository.findStored(productId);
    if (isSplit(product)) {
      const shares = await this.sharesOf(product);
      const chosen = sharesToGather(new Map(shares), wanted - product.stock);
      const isAll = chosen.length === shares.filter(([, units]) => units !== undefined).length;
      if (isAll || chosen.length > 0) await this.moveToRow(product, isAll ? shares : chosen);
    }
    await this.catalogue.refresh([productId]);
  }

  /** Moves shares in one transaction, else one by one. False if that was one by one, so the split has not ended. */
  private async moveToRow(product: SplitProduct, shares: readonly Share[]): Promise<boolean> {
    if (await this.moveBack(product, shares)) return true;
    // Orders changed some shares. Move them one by one, because a single share is soon unchanged.
    for (const [share, units] of shares) if (units !== undefined) await this.moveShareBack(product, share);
    return false;
  }

  private async moveShareBack(product: SplitProduct, share: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const units = await this.shares.unitsOfShare(product.splitId, share);
      if (units === undefined || (await this.moveBack(product, [[share, units]]))) return;
      if (attempt === MAX_MERGE_ATTEMPTS) throw new TooMuchContention();
    }
  }

  private async sharesOf({ splitId, splitShares = 0 }: SplitProduct): Promise<Share[]> {
    return [...(await this.shares.unitsOf(splitId, splitShares)).entries()];
  }

  /**
   * Moves shares to the row of the product. Ends the split if these are all of its shares. False if one of them has
   * changed, if the split has ended, or if orders kept the transaction from being committed.
   */
  private async moveBack({ productId, splitId, splitShares = 0 }: SplitProduct, shares: readonly Share[]) {
    const total = shares.reduce((sum, [, units = 0]) => sum + units, 0);
    const endsSplit = shares.length === splitShares;
    try {
      await this.transaction.commit([
        this.repository.addMerged(productId, splitId, total, { endsSplit }),
        // A read that overlaps with a transaction can miss a share, whose units must not be lost.
        ...shares.map(([share, units]) =>
          units === undefined
            ? this.shares.requireMoved(splitId, share)
            : this.shares.removeUnchanged(splitId, share, units),
        ),
      ]);
      return true;
    } catch (error) {
      if (error instanceof StockMoved || error instanceof Unavailable) return false;
      throw error;
    }
  }
}

function isSplit(product: StoredProduct | undefined): product is SplitProduct {
  return product?.splitId !== undefined;
}
