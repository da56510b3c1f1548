import { Injectable } from '@nestjs/common';
import { iteratePages } from '../../platform/dynamo/cursor';
import { ProductService, type StockShare } from '../product';
import type { Check } from './check';
import { stockShareViolations } from './domain/stock-violations';
import type { Violation } from './domain/violation';

const PAGE_SIZE = 100;

/** Compares the shares of split stock with their products, whose stock is the sum of their shares. */
@Injectable()
export class StockCheck implements Check<StockShare> {
  constructor(private readonly products: ProductService) {}

  pages(): AsyncIterable<readonly StockShare[]> {
    return iteratePages(PAGE_SIZE, (page) => this.products.scanShares(page));
  }

  reload({ shareId }: StockShare): Promise<StockShare | undefined> {
    return this.products.findShare(shareId);
  }

  async violationsOf(shares: readonly StockShare[]): Promise<(readonly Violation[])[]> {
    const products = await this.products.currentProductsOf(shares);
    return shares.map((share) => stockShareViolations(share, products.get(share.productId)));
  }
}
