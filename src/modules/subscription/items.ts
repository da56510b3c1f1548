import type { ProductId } from '../../kernel/ids';
import { InvalidRequest } from '../../platform/errors';
import { type Frequency, highestFactor } from './frequency';
import type { Line } from './subscription';

export const LINES_AT_MOST = 50;
export const QTY_AT_MOST = 1_000;

/** Two lines of one product are one line. At most 50 lines. */
export function sumEqualProducts(lines: readonly Line[]): Line[] {
  const sums = new Map<ProductId, number>();
  for (const { productId, qty } of lines) sums.set(productId, (sums.get(productId) ?? 0) + qty);
  if (sums.size > LINES_AT_MOST) throw wrong(`a delivery has at most ${LINES_AT_MOST} different products`);
  return [...sums].map(([productId, qty]) => ({ productId, qty }));
}

/** Refuses items of which too many would come on one date. */
export function checkQuantities(items: readonly Line[], frequency?: Frequency): void {
  const factor = frequency === undefined ? 1 : highestFactor(frequency);
  const tooMany = items.find(({ qty }) => qty * factor > QTY_AT_MOST);
  if (!tooMany) return;
  throw wrong(`at most ${QTY_AT_MOST} units of ${tooMany.productId} go into one delivery, not ${tooMany.qty * factor}`);
}

/** Items as they are stored; an error when somebody has stored them by hand, as nothing that could be ordered. */
export function readable(items: readonly Line[]): readonly Line[] {
  const isLine = ({ productId, qty }: Line) => typeof productId === 'string' && Number.isInteger(qty) && qty > 0;
  if (items.length > LINES_AT_MOST || !items.every(isLine)) throw new Error('The items cannot be read');
  return items;
}

export function times(items: readonly Line[], factor: number): readonly Line[] {
  return factor === 1 ? items : items.map(({ productId, qty }) => ({ productId, qty: qty * factor }));
}

export function isSameItems(one: readonly Line[], other: readonly Line[]): boolean {
  if (one.length !== other.length) return false;
  const quantities = new Map(one.map(({ productId, qty }) => [productId, qty]));
  return other.every(({ productId, qty }) => quantities.get(productId) === qty);
}

function wrong(message: string): InvalidRequest {
  return new InvalidRequest([{ field: 'items', message }]);
}
