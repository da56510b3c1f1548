import { Injectable } from '@nestjs/common';
import type { CartItemAdded } from '../../events/cart.events';
import type { PublishedEvent } from '../../events/event-map';
import type { EventId, UserId } from '../../kernel/ids';
import { MAX_LINES, MAX_QUANTITY } from '../../kernel/lines';
import type { MinorUnits } from '../../kernel/money';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read } from '../../platform/dynamo/read';
import { type Item, put, update, type Write } from '../../platform/dynamo/write';
import { cartTable } from './cart.schema';
import { type Cart, emptyCart } from './domain/cart';
import { CartChanged, CartFull, QuantityTooLarge } from './domain/cart.errors';

type ItemAdded = PublishedEvent<CartItemAdded>;
type StoredCart = Cart & { readonly unsent: Readonly<Record<EventId, ItemAdded>> };

/** The customer has no stored cart yet. */
class CartMissing extends Error {}

/** Another process has removed the event from its cart. */
export class AlreadyRelayed extends Error {}

/** The write was done before, but its response was lost. */
class AlreadyAdded extends Error {
  constructor(readonly cart: Cart) {
    super('The addition was made before');
  }
}

/**
 * Stores carts. An addition is one update, and its event is stored in the cart itself (`unsent`): a transaction would
 * cost three times as much and could not return the cart. See ADR 2.
 */
@Injectable()
export class CartRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(cartTable);
  }

  /** Reads a cart. Empty if there is none. */
  readOf(userId: UserId): Read<Cart> {
    const parse = (item: Item | undefined) => (item as Cart | undefined) ?? emptyCart(userId);
    return { table: this.table, key: { userId }, parse };
  }

  async find(userId: UserId): Promise<Cart> {
    return this.database.get(this.readOf(userId));
  }

  /**
   * Adds to a line, stores the event of the addition, and removes relayed events. One round trip, or two for the first
   * addition of a customer. `cart.full`, `cart.quantity_too_large`.
   */
  async add(event: ItemAdded, lineTotal: MinorUnits, relayed: readonly EventId[] = []): Promise<Cart> {
    const addition = this.additionWrite(event, lineTotal, relayed);
    for (;;) {
      try {
        return (await this.database.write<Cart>(addition)) as Cart;
      } catch (error) {
        if (error instanceof AlreadyAdded) return error.cart;
        if (!(error instanceof CartMissing)) throw error;
      }
      const created = await this.create(event, lineTotal);
      if (created) return created;
    }
  }

  private additionWrite(
    { userId, productId, qty, ...rest }: ItemAdded,
    lineTotal: MinorUnits,
    relayed: readonly EventId[],
  ): Write {
    const event = { ...rest, userId, productId, qty };
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { userId },
          UpdateExpression:
            'SET #items.#product = if_not_exists(#items.#product, :none) + :qty, unsent.#event = :event ' +
            'ADD totalAmount :worth, version :one' +
            (relayed.length > 0 ? ` REMOVE ${relayed.map((_, index) => `unsent.#relayed${index}`).join(', ')}` : ''),
          ConditionExpression:
            'attribute_exists(userId) AND attribute_not_exists(unsent.#event) ' +
            'AND (#items.#product <= :room OR (attribute_not_exists(#items.#product) AND size(#items) < :lines))',
          ExpressionAttributeNames: {
            '#items': 'items',
            '#product': productId,
            '#event': event.eventId,
            ...Object.fromEntries(relayed.map((eventId, index) => [`#relayed${index}`, eventId])),
          },
          ExpressionAttributeValues: {
            ':none': 0,
            ':qty': qty,
            ':event': event,
            ':worth': lineTotal,
            ':one': 1,
            ':room': MAX_QUANTITY - qty,
            ':lines': MAX_LINES,
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      onConditionFailed: (old) => {
        const cart = old as StoredCart | undefined;
        if (!cart) return new CartMissing();
        if (cart.unsent[event.eventId]) return new AlreadyAdded(cart);
        const inCart = new Map(Object.entries(cart.items)).get(productId);
        return inCart === undefined ? new CartFull() : new QuantityTooLarge(inCart);
      },
    };
  }

  /** Creates a cart with its first line. Undefined if another request created the cart first. */
  private async create(event: ItemAdded, totalAmount: MinorUnits): Promise<Cart | undefined> {
    const { userId, productId, qty, eventId } = event;
    const cart = {
      ...emptyCart(userId),
      items: { [productId]: qty },
      unsent: { [eventId]: event },
      totalAmount,
      version: 1,
    };
    const exists = new Error('The cart exists already');
    try {
      await this.database.write(put(this.table, cart, { condition: 'attribute_not_exists(userId)' }, () => exists));
      return cart;
    } catch (error) {
      if (error === exists) return undefined;
      throw error;
    }
  }

  /** Replaces the lines of a cart. `cart.changed` if the cart has changed since it was read. */
  async replaceLines(cart: Cart, items: Cart['items'], totalAmount: MinorUnits): Promise<Cart> {
    const write = this.replaceLinesWrite(cart, items, totalAmount);
    return (await this.database.write<Cart>(write)) ?? { ...cart, items, totalAmount, version: 1 };
  }

  /**
   * The write that removes all lines and the relayed events. `cart.changed` if the cart has changed since it was read.
   */
  clear(cart: Cart, relayed: readonly EventId[]): Write {
    return this.replaceLinesWrite(cart, {}, 0, relayed);
  }

  private replaceLinesWrite(
    { userId, cartId, version }: Cart,
    items: Cart['items'],
    totalAmount: MinorUnits,
    relayed: readonly EventId[] = [],
  ): Write {
    const changed = () => new CartChanged();
    if (version === 0) {
      const first: Item = { userId, cartId, items, totalAmount, unsent: {}, version: 1 };
      return put(this.table, first, { condition: 'attribute_not_exists(userId)' }, changed);
    }
    return update(
      this.table,
      { userId },
      {
        set: { items, totalAmount },
        add: { version: 1 },
        remove: relayed.map((_, index) => `unsent.#relayed${index}`),
      },
      {
        condition: 'version = :seen',
        values: { seen: version },
        names: Object.fromEntries(relayed.map((eventId, index) => [`relayed${index}`, eventId])),
      },
      changed,
    );
  }

  /** The write that removes an event from its cart. `AlreadyRelayed` if it is no longer there. */
  removeEvent({ userId, eventId }: Pick<ItemAdded, 'userId' | 'eventId'>): Write {
    return update(
      this.table,
      { userId },
      { remove: ['unsent.#event'] },
      { condition: 'attribute_exists(unsent.#event)', names: { event: eventId } },
      () => new AlreadyRelayed(),
    );
  }

  /** Removes relayed events from a cart, if they are still there. */
  async removeEvents(userId: UserId, eventIds: readonly EventId[]): Promise<void> {
    if (eventIds.length === 0) return;
    const remove = eventIds.map((_, index) => `unsent.#relayed${index}`);
    const names = Object.fromEntries(eventIds.map((eventId, index) => [`relayed${index}`, eventId]));
    await this.database.write(update(this.table, { userId }, { remove }, { names }));
  }

  /** A page of the events in all carts. Scans the whole table: only for the sweep and the idle check. */
  async unrelayedEvents(page: PageRequest): Promise<Page<ItemAdded>> {
    const { items: carts, next } = await this.database.scanPage<Pick<StoredCart, 'cartId' | 'unsent'>>(
      this.table,
      page,
      {
        FilterExpression: 'size(unsent) > :none',
        ProjectionExpression: 'cartId, unsent',
        ExpressionAttributeValues: { ':none': 0 },
        ConsistentRead: false,
      },
    );
    // The event of an addition is stored before it is known whether the cart has an id of an earlier version.
    const eventsOf = ({ cartId, unsent }: Pick<StoredCart, 'cartId' | 'unsent'>) =>
      Object.values(unsent).map((event) => ({ ...event, cartId }));
    return { items: carts.flatMap(eventsOf), next };
  }
}
