import type { Instant } from '../../../kernel/calendar';
import type { ProductId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { MinorUnits } from '../../../kernel/money';

/** Something the dairy sells. A withdrawn one (`active` false) is kept, since orders and carts name it. */
export interface Product {
  readonly productId: ProductId;
  readonly name: string;
  readonly price: MinorUnits;
  /** Units on hand, never below zero. */
  readonly stock: number;
  readonly category: string;
  readonly unit?: string;
  readonly description?: string;
  readonly imageUrl?: string;
  /** Percent included in the price. */
  readonly taxRate?: number;
  readonly active: boolean;
  /** Counts changes of everything but stock. */
  readonly version: number;
  readonly createdAt: Instant;
}

/** A line at the price the customer was shown. */
export interface LineAtPrice extends Line {
  readonly price: MinorUnits;
}

export const SORT_ORDERS = ['name', '-name', 'price', '-price'] as const;

/** What a customer is looking for; money in minor units. */
export interface ProductSearch {
  readonly category?: string;
  readonly q?: string;
  readonly minPrice?: MinorUnits;
  readonly maxPrice?: MinorUnits;
  readonly inStock?: boolean;
  readonly sort?: (typeof SORT_ORDERS)[number];
}

export function matchesSearch(product: Product, { category, q, minPrice, maxPrice, inStock }: ProductSearch): boolean {
  return (
    product.active &&
    (category === undefined || product.category.toLowerCase() === category.toLowerCase()) &&
    (q === undefined || matchesText(product, q)) &&
    (minPrice === undefined || product.price >= minPrice) &&
    (maxPrice === undefined || product.price <= maxPrice) &&
    (inStock === undefined || product.stock > 0 === inStock)
  );
}

/** Every word of the question stands somewhere in name, category or description. */
function matchesText({ name, category, description = '' }: Product, searchText: string): boolean {
  const text = `${name} ${category} ${description}`.toLowerCase();
  return searchText
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Where a product stands in a search: all that its order depends on. */
export type SearchPosition = Pick<Product, 'productId' | 'name' | 'price'>;

/** A total order: equal names or prices are told apart by id, so that a cursor always has one place. */
export function comparatorFor(
  sort: NonNullable<ProductSearch['sort']>,
): (a: SearchPosition, b: SearchPosition) => number {
  const direction = sort.startsWith('-') ? -1 : 1;
  const byId = (a: SearchPosition, b: SearchPosition) =>
    a.productId < b.productId ? -1 : a.productId > b.productId ? 1 : 0;
  return sort.endsWith('price')
    ? (a, b) => direction * (a.price - b.price) || byId(a, b)
    : (a, b) => direction * a.name.localeCompare(b.name, 'en') || byId(a, b);
}
