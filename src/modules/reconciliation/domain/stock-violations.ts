import type { Product, StockShare } from '../../product';
import { type Violation, ViolationCollector } from './violation';

/** A share counts only if its product names its split, and is sold at the price of the product. */
export function stockShareViolations(share: StockShare, product: Product | undefined): readonly Violation[] {
  const { productId, shareId, stock, price, taxRate } = share;
  const collector = new ViolationCollector({ productId });
  const isCounted = product?.split !== undefined && shareId.startsWith(`${product.split.splitId}#`);
  collector.require(
    isCounted,
    'STOCK_SHARE_STRAY',
    `share ${shareId} is not part of the stock, ${stock} units are lost`,
  );
  const isAtPrice = !isCounted || (product.price === price && product.taxRate === taxRate);
  collector.require(isAtPrice, 'STOCK_SHARE_WRONG', `share ${shareId} is sold at another price or tax rate`);
  return collector.found;
}
