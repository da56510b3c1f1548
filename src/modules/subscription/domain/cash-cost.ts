import type { Line } from '../../../kernel/lines';
import type { MinorUnits } from '../../../kernel/money';
import { priceLine, type PriceList, productOnSale, totalOf } from '../../../kernel/pricing';
import { highestFactor } from './frequency';
import type { Subscription, Terms } from './subscription';

/**
 * The most that one delivery of a subscription can cost at the given prices, if it is paid on delivery; otherwise 0. The
 * latest terms count, and the overrides of dates that are not decided yet.
 */
export function highestCashCost(
  { terms, exceptions, generatedThrough }: Subscription,
  products: PriceList,
): MinorUnits {
  const { items, frequency, paymentMethod } = terms.at(-1) as Terms;
  if (paymentMethod !== 'COD') return 0;
  const overrides = exceptions.filter(({ date }) => date > generatedThrough);
  const costs = overrides.map((override) => costOf(override.items, products));
  return Math.max(costOf(items, products) * highestFactor(frequency), ...costs);
}

function costOf(lines: readonly Line[], products: PriceList): MinorUnits {
  return totalOf(
    lines.flatMap((line) => {
      const product = productOnSale(line.productId, products);
      return product ? [priceLine(line, product)] : [];
    }),
  );
}
