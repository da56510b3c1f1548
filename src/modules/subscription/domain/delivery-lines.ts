import { type Line, MAX_LINES, MAX_QUANTITY } from '../../../kernel/lines';
import { InvalidRequest } from '../../../platform/errors';
import { type Frequency, highestFactor } from './frequency';

/** Refuses too many lines, and quantities of which a frequency would bring too many on one date. */
export function checkLineLimits(items: readonly Line[], frequency?: Frequency): void {
  if (items.length > MAX_LINES) throw invalidItems(`a delivery has at most ${MAX_LINES} different products`);
  const factor = frequency === undefined ? 1 : highestFactor(frequency);
  const tooMany = items.find(({ qty }) => qty * factor > MAX_QUANTITY);
  if (!tooMany) return;
  throw invalidItems(
    `at most ${MAX_QUANTITY} units of ${tooMany.productId} go into one delivery, not ${tooMany.qty * factor}`,
  );
}

/** Items as they are stored; an error when somebody has stored them by hand, as nothing that could be ordered. */
export function assertValidLines(items: readonly Line[]): readonly Line[] {
  const isLine = ({ productId, qty }: Line) => typeof productId === 'string' && Number.isInteger(qty) && qty > 0;
  if (items.length > MAX_LINES || !items.every(isLine)) throw new Error('The items cannot be read');
  return items;
}

export function multiplied(items: readonly Line[], factor: number): readonly Line[] {
  return factor === 1 ? items : items.map(({ productId, qty }) => ({ productId, qty: qty * factor }));
}

export function isSameLines(one: readonly Line[], other: readonly Line[]): boolean {
  if (one.length !== other.length) return false;
  const quantities = new Map(one.map(({ productId, qty }) => [productId, qty]));
  return other.every(({ productId, qty }) => quantities.get(productId) === qty);
}

function invalidItems(message: string): InvalidRequest {
  return new InvalidRequest([{ field: 'items', message }]);
}
