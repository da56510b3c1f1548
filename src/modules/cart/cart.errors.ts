import { Conflict } from '../../platform/errors';
import { LINES_AT_MOST, QTY_AT_MOST } from './cart';

export class CartFull extends Conflict {
  static override readonly code = 'cart.full';
  constructor() {
    super(`A cart holds at most ${LINES_AT_MOST} different products: take one out first.`);
  }
}

export class QuantityTooLarge extends Conflict {
  static override readonly code = 'cart.quantity_too_large';
  constructor(inCart: number) {
    super(`A line holds at most ${QTY_AT_MOST} units; ${inCart} are in the cart.`, { inCart });
  }
}

/** Somebody changed the cart between reading and writing it. */
export class CartChanged extends Conflict {
  static override readonly code = 'cart.changed';
  constructor() {
    super('The cart has changed in the meantime: look at it again, then repeat the request.');
  }
}
