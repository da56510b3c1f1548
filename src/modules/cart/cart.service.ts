import { Injectable } from '@nestjs/common';
import type { ProductId, UserId } from '../../kernel/ids';
import type { Read } from '../../platform/dynamo/database';
import type { Item, Write } from '../../platform/dynamo/write';
import { StaleVersion } from '../../platform/errors';
import { Outbox } from '../../platform/events/outbox';
import { type Line, type Product, ProductService } from '../product';
import { type Cart, cartIdOf, type CartView, LINES_AT_MOST, viewOf, withLine } from './cart';
import { CartChanged, CartFull } from './cart.errors';
import { CartRelay } from './cart.relay';
import { CartRepository } from './cart.repository';

const REWRITES_AT_MOST = 5;

/** What customers mean to order. Amounts in minor units, at today's prices. */
@Injectable()
export class CartService {
  constructor(
    private readonly repository: CartRepository,
    private readonly products: ProductService,
    private readonly outbox: Outbox,
    private readonly relay: CartRelay,
  ) {}

  /** Adds to what is in the cart. `product.not_found`, `cart.full`, `cart.quantity_too_large`; emits `cart.item_added`. */
  async add(userId: UserId, { productId, qty }: Line): Promise<CartView> {
    const { price } = await this.products.get(productId);
    const addition = { type: 'cart.item_added', userId, cartId: cartIdOf(userId), productId, qty } as const;
    const event = this.outbox.withMetadata(addition);
    const relayed = this.relay.relayedOf(userId);
    const cart = await this.repository.add(event, price * qty, relayed);
    this.relay.takenOut(userId, relayed);
    this.relay.deliver(event);
    return this.priced(cart);
  }

  async view(userId: UserId): Promise<CartView> {
    return this.priced(await this.repository.find(userId));
  }

  /**
   * Sets a line to a quantity; 0 removes it. `product.not_found`, `cart.full`; `request.stale` when the cart is no
   * longer the version the caller has read.
   */
  async update(userId: UserId, { productId, qty }: Line, expected?: number): Promise<CartView> {
    if (qty > 0) await this.products.get(productId);
    return this.rewrite(userId, expected, (cart) => {
      const items = withLine(cart, productId, qty);
      if (Object.keys(items).length > LINES_AT_MOST) throw new CartFull();
      return items;
    });
  }

  /** Takes everything out; `request.stale` as in `update`. */
  async clear(userId: UserId, expected?: number): Promise<CartView> {
    return this.rewrite(userId, expected, () => ({}));
  }

  /** The read of a cart, for who reads other things in the same round trip. */
  readOf(userId: UserId): Read {
    return this.repository.readOf(userId);
  }

  /** The cart that `readOf` has brought. */
  cartOf(userId: UserId, item: Item | undefined): Cart {
    return this.repository.cartOf(userId, item);
  }

  /** The write that empties a cart as it was read, `cart.changed` when it is no longer so; and what to do once it is. */
  clearing(cart: Cart): { readonly write: Write; readonly cleared: () => void } {
    const relayed = this.relay.relayedOf(cart.userId);
    return {
      write: this.repository.clear(cart, relayed),
      cleared: () => this.relay.takenOut(cart.userId, relayed),
    };
  }

  private async rewrite(
    userId: UserId,
    expected: number | undefined,
    linesOf: (cart: Cart) => Cart['items'],
  ): Promise<CartView> {
    for (let attempt = 1; ; attempt++) {
      const cart = await this.repository.find(userId);
      if (expected !== undefined && cart.version !== expected) throw new StaleVersion();
      const items = linesOf(cart);
      const { totalAmount } = await this.priced({ ...cart, items });
      try {
        return await this.priced(await this.repository.rewrite(cart, items, totalAmount));
      } catch (error) {
        if (!(error instanceof CartChanged) || attempt === REWRITES_AT_MOST) throw error;
      }
    }
  }

  private async priced(cart: Cart): Promise<CartView> {
    const lines = Object.keys(cart.items).map((productId: ProductId) => ({ productId }));
    const products: ReadonlyMap<ProductId, Product> = await this.products.productsOf(lines);
    return viewOf(cart, products);
  }
}
