import { type Line, MAX_LINES, MAX_QUANTITY } from '../../../kernel/lines';
import { InvalidRequest } from '../../../platform/errors';
import { type Frequency, highestFactor } from './frequency';

/** Refuses too many lines, and quantities that exceed the limit on a date with the highest factor. */
export function checkLineLimits(items: readonly Line[], frequency?: Frequency): void {
  if (items.length > MAX_LINES) throw invalidItems(`a delivery has at most ${MAX_LINES} different products`);
  const factor = frequency === undefined ? 1 : highestFactor(frequency);
  const tooMany = items.find(({ qty }) => qty * factor > MAX_QUANTITY);
  if (!tooMany) return;
  throw invalidItems(
    `a delivery has at most ${MAX_QUANTITY} units of ${tooMany.productId}, not ${tooMany.qty * factor}`,
  );
}

/** Returns stored items. Throws if they were edited by hand and cannot be ordered. */
export function assertValidLines(items: readonly Line[]): readonly Line[] {
  const isLine = ({ productId, qty }: Line) => typeof productId === 'string' && Number.isInteger(qty) && qty > 0;
  if (items.length > MAX_LINES || !items.every(isLine)) throw new Error('The stored items are invalid');
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
