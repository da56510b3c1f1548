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

/** There is no cart yet to add to. */
class CartMissing extends Error {}

/** Somebody else has taken the event out of its cart, and on. */
export class AlreadyRelayed extends Error {}

/** The write was already done, and its answer lost on the way. */
class AlreadyAdded extends Error {
  constructor(readonly cart: Cart) {
    super('added before');
  }
}

/**
 * Carts are hot: everything goes through the document client. An addition is one plain update; its event travels in
 * the cart itself (`unsent`), since a transaction would cost three times as much and could not answer with the cart.
 */
@Injectable()
export class CartRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(cartTable);
  }

  /** A cart; an empty one if there is none. */
  readOf(userId: UserId): Read<Cart> {
    const parse = (item: Item | undefined) => (item as Cart | undefined) ?? emptyCart(userId);
    return { table: this.table, key: { userId }, parse };
  }

  async find(userId: UserId): Promise<Cart> {
    return this.database.get(this.readOf(userId));
  }

  /**
   * Adds to a line, together with the event of it, and takes out events that have been relayed: one round trip, two for
   * the first addition ever.
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

  /** The first addition; undefined when somebody else made the cart first. */
  private async create(event: ItemAdded, totalAmount: MinorUnits): Promise<Cart | undefined> {
    const { userId, productId, qty, eventId } = event;
    const cart = {
      ...emptyCart(userId),
      items: { [productId]: qty },
      unsent: { [eventId]: event },
      totalAmount,
      version: 1,
    };
    const taken = new Error('taken');
    try {
      await this.database.write(put(this.table, cart, { condition: 'attribute_not_exists(userId)' }, () => taken));
      return cart;
    } catch (error) {
      if (error === taken) return undefined;
      throw error;
    }
  }

  /** Replaces the lines of a cart as it was read; `cart.changed` when it is no longer so. */
  async replaceLines(cart: Cart, items: Cart['items'], totalAmount: MinorUnits): Promise<Cart> {
    const write = this.replaceLinesWrite(cart, items, totalAmount);
    return (await this.database.write<Cart>(write)) ?? { ...cart, items, totalAmount, version: 1 };
  }

  /** The write that empties a cart as it was read, of relayed events too; `cart.changed` when it is no longer so. */
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

  /** The write that takes an event out of its cart; throws `AlreadyRelayed` when it is not there. */
  removeEvent({ userId, eventId }: Pick<ItemAdded, 'userId' | 'eventId'>): Write {
    return update(
      this.table,
      { userId },
      { remove: ['unsent.#event'] },
      { condition: 'attribute_exists(unsent.#event)', names: { event: eventId } },
      () => new AlreadyRelayed(),
    );
  }

  /** Takes relayed events out of a cart, those that are still there. */
  async removeEvents(userId: UserId, eventIds: readonly EventId[]): Promise<void> {
    if (eventIds.length === 0) return;
    const remove = eventIds.map((_, index) => `unsent.#relayed${index}`);
    const names = Object.fromEntries(eventIds.map((eventId, index) => [`relayed${index}`, eventId]));
    await this.database.write(update(this.table, { userId }, { remove }, { names }));
  }

  /** A page of the events that are still in their carts. Scans the whole table: for the sweep only. */
  async unrelayedEvents(page: PageRequest): Promise<Page<ItemAdded>> {
    const { items: carts, next } = await this.database.scanPage<Pick<StoredCart, 'unsent'>>(this.table, page, {
      FilterExpression: 'size(unsent) > :none',
      ProjectionExpression: 'unsent',
      ExpressionAttributeValues: { ':none': 0 },
      ConsistentRead: false,
    });
    return { items: carts.flatMap(({ unsent }) => Object.values(unsent)), next };
  }
}
