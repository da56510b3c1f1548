import { MAX_LINES, MAX_QUANTITY } from '../../../kernel/lines';
import { Conflict } from '../../../platform/errors';

export class CartFull extends Conflict {
  static override readonly code = 'cart.full';
  constructor() {
    super(`A cart holds at most ${MAX_LINES} different products: take one out first.`);
  }
}

export class QuantityTooLarge extends Conflict {
  static override readonly code = 'cart.quantity_too_large';
  constructor(inCart: number) {
    super(`A line holds at most ${MAX_QUANTITY} units; ${inCart} are in the cart.`, { inCart });
  }
}

/** Somebody changed the cart between reading and writing it. */
export class CartChanged extends Conflict {
  static override readonly code = 'cart.changed';
  constructor() {
    super('The cart has changed in the meantime: look at it again, then repeat the request.');
  }
}
