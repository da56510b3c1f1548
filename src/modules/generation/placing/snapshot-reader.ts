import { Injectable } from '@nestjs/common';
import type { ProductId, SubscriptionId, UserId } from '../../../kernel/ids';
import { Database } from '../../../platform/dynamo/database';
import { ProductService } from '../../product';
import { type Subscription, SubscriptionScan } from '../../subscription';
import { type Wallet, WalletService } from '../../wallet';
import { type AvailableProduct, liveStock } from '../domain/availability';

/** Reads the current state that decisions depend on, with consistent reads of many items per round trip. */
@Injectable()
export class SnapshotReader {
  constructor(
    private readonly subscriptionScan: SubscriptionScan,
    private readonly walletService: WalletService,
    private readonly products: ProductService,
    private readonly database: Database,
  ) {}

  /** Subscriptions in the order of the ids; those that do not exist are left out. */
  async subscriptions(ids: readonly SubscriptionId[]): Promise<Subscription[]> {
    const found = await this.database.batchGet(ids.map((id) => this.subscriptionScan.readOf(id)));
    return found.filter((one) => one !== undefined);
  }

  /** Wallets in the order of the users; an empty one for a user without a wallet. */
  async wallets(userIds: readonly UserId[]): Promise<Wallet[]> {
    return this.database.batchGet(userIds.map((userId) => this.walletService.readOf(userId)));
  }

  /** The wallet of a user; an empty one for a user without a wallet. */
  async wallet(userId: UserId): Promise<Wallet> {
    return this.database.get(this.walletService.readOf(userId));
  }

  /** The stock of the products of some lines. */
  async stock(
    lines: readonly { readonly productId: ProductId }[],
  ): Promise<Map<ProductId, AvailableProduct | 'WITHDRAWN'>> {
    return lines.length === 0 ? new Map() : liveStock(lines, await this.products.currentProductsOf(lines));
  }

  /** The same, for callers that take the stock: split stock is merged first. */
  async stockToTake(
    lines: readonly { readonly productId: ProductId }[],
  ): Promise<Map<ProductId, AvailableProduct | 'WITHDRAWN'>> {
    return lines.length === 0 ? new Map() : liveStock(lines, await this.products.mergedProductsOf(lines));
  }
}
