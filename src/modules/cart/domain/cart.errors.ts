import { MAX_LINES, MAX_QUANTITY } from '../../../kernel/lines';
import { Conflict } from '../../../platform/errors';

export class CartFull extends Conflict {
  static override readonly code = 'cart.full';
  constructor() {
    super(`A cart holds at most ${MAX_LINES} different products. Remove one first.`);
  }
}

export class QuantityTooLarge extends Conflict {
  static override readonly code = 'cart.quantity_too_large';
  constructor(inCart: number) {
    super(`A cart holds at most ${MAX_QUANTITY} units of a product. It already has ${inCart} of this one.`, { inCart });
  }
}

/** The cart has changed since it was read. */
export class CartChanged extends Conflict {
  static override readonly code = 'cart.changed';
  constructor() {
    super('The cart has changed in the meantime. Check it with GET /cart/view, then repeat the request.');
  }
}
