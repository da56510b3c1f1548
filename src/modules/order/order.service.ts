import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/calendar';
import type { OrderId, UserId } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import type { MinorUnits } from '../../kernel/money';
import { type Caller, isOwnerOrAdmin } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import type { Read } from '../../platform/dynamo/read';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { actorOfChange } from '../../platform/request-context';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { type Cart, CartService, linesOf } from '../cart';
import { InsufficientStock, PriceChanged, ProductService, StockMoved } from '../product';
import { UserService } from '../user';
import { type Order, type OrderDraft, placeOrder } from './domain/order';
import { MissingAddress, OrderNotFound } from './domain/order.errors';
import { OrderRepository } from './order.repository';
import { ORDER_SETTINGS, type OrderSettings } from './order.settings';
import { type CountOrder, UnpaidOrders } from './unpaid-orders.service';

export interface PlaceOrder {
  /** Default: the cart, which is then emptied. */
  readonly cartItems?: readonly Line[];
  readonly totalAmount?: MinorUnits;
  readonly deliverySlot: Instant;
  /** Default: the address of the profile. */
  readonly address?: string;
}

/** Places orders and finds single orders. Amounts are in minor units. */
@Injectable()
export class OrderService {
  constructor(
    private readonly repository: OrderRepository,
    private readonly products: ProductService,
    private readonly carts: CartService,
    private readonly users: UserService,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly unpaidOrders: UnpaidOrders,
    private readonly clock: Clock,
    @Inject(ORDER_SETTINGS) private readonly settings: OrderSettings,
  ) {}

  /**
   * Places an unpaid order for one delivery and returns it. One transaction takes the stock at today's prices, empties
   * the cart that the order came from, and emits `order.placed`. If a price changes meanwhile, the order is priced
   * again. With `idempotencyKey`, a repeated call returns the first order.
   *
   * Errors: `order.empty`, `order.too_many_lines`, `order.quantity_out_of_range`, `order.slot_too_soon`,
   * `order.slot_too_far`, `order.address_missing`, `order.total_mismatch`, `order.insufficient_stock`,
   * `order.price_changed`, `order.too_many_unpaid`, `product.not_found`, `cart.changed`, and with `idempotencyKey` `idempotency.key_reused` and
   * `idempotency.in_progress`.
   */
  async place(userId: UserId, request: PlaceOrder, idempotencyKey?: IdempotentRequest): Promise<Order> {
    return this.idempotency.run(idempotencyKey, () =>
      this.unpaidOrders.limit(userId, (count) => this.placeCounted(userId, request, count, idempotencyKey)),
    );
  }

  /** An order, for its customer, its courier or an admin. `order.not_found` for anyone else. */
  async track(orderId: OrderId, caller: Caller): Promise<Order> {
    const order = await this.get(orderId);
    const isCourier = caller.role === 'COURIER' && order.delivery?.courierId === caller.userId;
    if (!isOwnerOrAdmin(caller, order.userId) && !isCourier) throw new OrderNotFound(orderId);
    return order;
  }

  /** The read of an order, to batch with other reads. Undefined if there is none. */
  readOf(orderId: OrderId): Read<Order | undefined> {
    return this.repository.readOf(orderId);
  }

  /** The write that creates a subscription's order. Its error is `OrderExists` if the order exists. */
  createSubscriptionOrder(order: Order): Write {
    return this.repository.create(order);
  }

  /** Orders by id. Leaves out ids without an order. */
  async findAll(orderIds: readonly OrderId[]): Promise<ReadonlyMap<OrderId, Order>> {
    const found = await this.repository.findAll(orderIds);
    return new Map(found.flatMap((order) => (order ? [[order.orderId, order]] : [])));
  }

  /** An order, for its customer or an admin. `order.not_found` for anyone else. */
  async getOwned(orderId: OrderId, caller: Caller): Promise<Order> {
    const order = await this.get(orderId);
    if (!isOwnerOrAdmin(caller, order.userId)) throw new OrderNotFound(orderId);
    return order;
  }

  /** An order, without checking the caller. `order.not_found` if there is none. */
  async get(orderId: OrderId): Promise<Order> {
    const order = await this.repository.find(orderId);
    if (!order) throw new OrderNotFound(orderId);
    return order;
  }

  private async placeCounted(
    userId: UserId,
    request: PlaceOrder,
    count: CountOrder,
    idempotencyKey: IdempotentRequest | undefined,
  ): Promise<Order> {
    const { cart, address } = await this.resolveCartAndAddress(userId, request);
    const lines = request.cartItems ?? (cart ? linesOf(cart) : []);
    const draft: OrderDraft = { ...request, ...actorOfChange(), userId, lines, address };
    const placeAtCachedPrices = async () => {
      const order = await this.priceOrder(draft);
      // `run` reads this record when the request is repeated.
      const response = this.idempotency.recordResponse(idempotencyKey, order);
      await this.commit(order, cart, [response, count(order.orderId)]);
      return order;
    };
    const placeOrLearn = async () => {
      try {
        return await placeAtCachedPrices();
      } catch (error) {
        if (error instanceof PriceChanged || error instanceof InsufficientStock)
          await this.products.refreshProducts(lines);
        throw error;
      }
    };
    /** A hot product's stock is split, so it may be stored elsewhere than the cache says. */
    const placeWhereStockIs = () =>
      retryOnConflict(StockMoved, async (moved) => {
        if (moved) await this.products.locateStock(lines);
        return placeOrLearn();
      });
    try {
      return await placeWhereStockIs();
    } catch (error) {
      if (error instanceof PriceChanged) return placeWhereStockIs();
      throw error;
    }
  }

  /** Reads the cart and address that the request leaves out, in one round trip. Reads nothing if it has both. */
  private async resolveCartAndAddress(userId: UserId, request: PlaceOrder): Promise<{ cart?: Cart; address: string }> {
    const [cart, profileAddress] = await this.database.batchGet([
      request.cartItems === undefined ? this.carts.readOf(userId) : undefined,
      request.address === undefined ? this.users.addressReadOf(userId) : undefined,
    ]);
    const address = request.address ?? profileAddress;
    if (address === undefined) throw new MissingAddress();
    return { cart, address };
  }

  private async priceOrder(draft: OrderDraft): Promise<Order> {
    return placeOrder(draft, await this.products.cachedProductsOf(draft.lines), this.settings, this.clock.now());
  }

  private async commit(order: Order, cart: Cart | undefined, firstWrites: (Write | undefined)[]): Promise<void> {
    const { orderId, userId, amount, deliverySlot } = order;
    const items = order.items.map(({ productId, qty }) => ({ productId, qty }));
    await this.transaction.commit(
      [
        ...firstWrites,
        this.repository.create(order),
        ...order.items.map((item) => this.products.takeStock(item)),
        cart && this.carts.clearCart(cart),
      ],
      [{ type: 'order.placed', orderId, userId, amount, deliverySlot, items }],
    );
  }
}
