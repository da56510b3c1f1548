import type { OrderId, ProductId } from '../../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import { Conflict, Invalid, NotFound } from '../../../platform/errors';
import type { OrderStatus } from './order.status';

function fieldErrors(field: string, message: string) {
  return { errors: [{ field, message }] };
}

export class OrderNotFound extends NotFound {
  static override readonly code = 'order.not_found';
  constructor(orderId: OrderId) {
    super('Order not found. Your orders are at GET /order/list.', { orderId });
  }
}

/** Not shown to clients: the order of a subscription for this date exists. */
export class OrderExists extends Error {
  constructor(readonly orderId: OrderId) {
    super(`Order ${orderId} already exists`);
  }
}

export class EmptyOrder extends Invalid {
  static override readonly code = 'order.empty';
  constructor() {
    super(
      'The order has no lines. Fill the cart first, or send cartItems.',
      fieldErrors('cartItems', 'the order has no lines'),
    );
  }
}

export class TooManyLines extends Invalid {
  static override readonly code = 'order.too_many_lines';
  constructor(atMost: number) {
    const message = `An order has at most ${atMost} different products.`;
    super(message, fieldErrors('cartItems', message));
  }
}

export class QuantityOutOfRange extends Invalid {
  static override readonly code = 'order.quantity_out_of_range';
  constructor(productId: ProductId, atMost: number) {
    const message = `An order has at most ${atMost} units of ${productId}.`;
    super(message, fieldErrors('cartItems', message));
  }
}

export class ProductNotOnSale extends NotFound {
  static override readonly code = 'product.not_found';
  constructor(productId: ProductId) {
    const message = `Product ${productId} is not on sale. See GET /product/list.`;
    super(message, { productId, ...fieldErrors('cartItems', message) });
  }
}

export class SlotTooSoon extends Invalid {
  static override readonly code = 'order.slot_too_soon';
  constructor(leadMinutes: number) {
    const message = `deliverySlot must be at least ${leadMinutes} minutes ahead.`;
    super(message, fieldErrors('deliverySlot', message));
  }
}

export class SlotTooFar extends Invalid {
  static override readonly code = 'order.slot_too_far';
  constructor(days: number) {
    const message = `deliverySlot must be at most ${days} days ahead.`;
    super(message, fieldErrors('deliverySlot', message));
  }
}

export class MissingAddress extends Invalid {
  static override readonly code = 'order.address_missing';
  constructor() {
    super(
      'No delivery address. Send `address`, or set one in your profile.',
      fieldErrors('address', 'address is missing'),
    );
  }
}

export class TotalMismatch extends Conflict {
  static override readonly code = 'order.total_mismatch';
  constructor(given: MinorUnits, actual: MinorUnits) {
    super(
      `totalAmount is ${toMajorUnits(given)}, but the order costs ${toMajorUnits(actual)}. Check the prices again.`,
      {
        given: toMajorUnits(given),
        actual: toMajorUnits(actual),
      },
    );
  }
}

export class TooManyUnpaidOrders extends Conflict {
  static override readonly code = 'order.too_many_unpaid';
  constructor(atMost: number) {
    super(`You already have ${atMost} unpaid orders. Pay or cancel one of them first.`, { atMost });
  }
}

export class IllegalOrderTransition extends Conflict {
  static override readonly code = 'order.illegal_transition';
  constructor(from: OrderStatus, to: OrderStatus, hint = '') {
    super(`The order is ${from} and cannot become ${to}. ${hint}`.trim(), { from, to });
  }
}
