import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { type Line, MAX_LINES } from '../../kernel/lines';
import { priceLine } from '../../kernel/pricing';
import type { Read } from '../../platform/dynamo/read';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { StaleVersion } from '../../platform/errors';
import { Outbox } from '../../platform/events/outbox';
import { ProductService } from '../product';
import { CartEventRelay } from './cart-event-relay.service';
import { CartRepository } from './cart.repository';
import { type Cart, cartIdOf, type CartView, linesOf, viewOf, withLine } from './domain/cart';
import { CartChanged, CartFull } from './domain/cart.errors';

/** Shows and changes carts. Amounts are in minor units, at today's prices. */
@Injectable()
export class CartService {
  constructor(
    private readonly repository: CartRepository,
    private readonly products: ProductService,
    private readonly outbox: Outbox,
    private readonly eventRelay: CartEventRelay,
  ) {}

  /** Adds units to a line. Emits `cart.item_added`. `product.not_found`, `cart.full`, `cart.quantity_too_large`. */
  async add(userId: UserId, line: Line): Promise<CartView> {
    const { productId, qty } = line;
    const { lineTotal } = priceLine(line, await this.products.get(productId));
    const addition = { type: 'cart.item_added', userId, cartId: cartIdOf(userId), productId, qty } as const;
    const event = this.outbox.withMetadata(addition);
    const relayed = this.eventRelay.removableEventsOf(userId);
    const cart = await this.repository.add(event, lineTotal, relayed);
    this.eventRelay.markRemoved(userId, relayed);
    this.eventRelay.deliver({ ...event, cartId: cart.cartId });
    return this.priceCart(cart);
  }

  async view(userId: UserId): Promise<CartView> {
    return this.priceCart(await this.repository.find(userId));
  }

  /**
   * Sets the quantity of a line. 0 removes it. `product.not_found`, `cart.full`; `request.stale` if the cart is no
   * longer version `expected`; `cart.changed` if it keeps changing.
   */
  async update(userId: UserId, { productId, qty }: Line, expected?: number): Promise<CartView> {
    if (qty > 0) await this.products.get(productId);
    return this.changeLines(userId, expected, (cart) => {
      const items = withLine(cart, productId, qty);
      if (Object.keys(items).length > MAX_LINES) throw new CartFull();
      return items;
    });
  }

  /** Removes all lines. `request.stale` and `cart.changed` as in `update`. */
  async clear(userId: UserId, expected?: number): Promise<CartView> {
    return this.changeLines(userId, expected, () => ({}));
  }

  /** The read of a cart, to batch with other reads. Empty if there is none. */
  readOf(userId: UserId): Read<Cart> {
    return this.repository.readOf(userId);
  }

  /** The write that empties a cart. `cart.changed` if it has changed since it was read. */
  clearCart(cart: Cart): Write {
    const relayed = this.eventRelay.removableEventsOf(cart.userId);
    return {
      ...this.repository.clear(cart, relayed),
      afterCommit: () => this.eventRelay.markRemoved(cart.userId, relayed),
    };
  }

  private async changeLines(
    userId: UserId,
    expected: number | undefined,
    linesOf: (cart: Cart) => Cart['items'],
  ): Promise<CartView> {
    return retryOnConflict(CartChanged, async () => {
      const cart = await this.repository.find(userId);
      if (expected !== undefined && cart.version !== expected) throw new StaleVersion();
      const items = linesOf(cart);
      const { totalAmount } = await this.priceCart({ ...cart, items });
      return this.priceCart(await this.repository.replaceLines(cart, items, totalAmount));
    });
  }

  private async priceCart(cart: Cart): Promise<CartView> {
    return viewOf(cart, await this.products.cachedProductsOf(linesOf(cart)));
  }
}
