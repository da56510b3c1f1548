import type { Instant } from '../../../kernel/calendar';
import type { ProductId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { MinorUnits } from '../../../kernel/money';
import type { StockSplit } from './stock-split';

/** A product of the dairy. Withdrawn products (`active` false) are kept, because orders and carts refer to them. */
export interface Product {
  readonly productId: ProductId;
  readonly name: string;
  readonly price: MinorUnits;
  /** Units in stock, never below zero. */
  readonly stock: number;
  /** Where the stock is stored, while many customers order the product at once. */
  readonly split?: StockSplit;
  readonly category: string;
  readonly unit?: string;
  readonly description?: string;
  readonly imageUrl?: string;
  /** Tax rate in percent. The price includes the tax. */
  readonly taxRate?: number;
  readonly active: boolean;
  /** Counts changes of all fields but `stock`. */
  readonly version: number;
  readonly createdAt: Instant;
}

/** A line with the price and the tax rate at which it is sold. */
export interface LineAtPrice extends Line {
  readonly price: MinorUnits;
  readonly taxRate?: number;
}

export const SORT_ORDERS = ['name', '-name', 'price', '-price'] as const;

/** The filters and sort order of a search. Amounts are in minor units. */
export interface ProductSearch {
  readonly category?: string;
  readonly q?: string;
  readonly minPrice?: MinorUnits;
  readonly maxPrice?: MinorUnits;
  readonly inStock?: boolean;
  /** Whether the product is on sale. Undefined: products on sale and withdrawn ones. */
  readonly active?: boolean;
  readonly sort?: (typeof SORT_ORDERS)[number];
}

export function matchesSearch(product: Product, search: ProductSearch): boolean {
  const { category, q, minPrice, maxPrice, inStock, active } = search;
  return (
    (active === undefined || product.active === active) &&
    (category === undefined || comparable(product.category) === comparable(category)) &&
    (q === undefined || matchesText(product, q)) &&
    (minPrice === undefined || product.price >= minPrice) &&
    (maxPrice === undefined || product.price <= maxPrice) &&
    (inStock === undefined || product.stock > 0 === inStock)
  );
}

/** Whether the name, category or description contains every word of the search text. */
function matchesText({ name, category, description = '' }: Product, searchText: string): boolean {
  const text = comparable(`${name} ${category} ${description}`);
  return comparable(searchText)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Text without differences of case and of Unicode form, such as full-width letters. */
function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

export interface Category {
  readonly category: string;
  readonly products: number;
}

/** The categories of some products, sorted by name. Names that a search takes for the same are one category. */
export function categoriesOf(products: readonly Product[]): readonly Category[] {
  const groups = Map.groupBy(products, ({ category }) => comparable(category));
  return [...groups.values()]
    .flatMap((group) => (group[0] ? [{ category: group[0].category, products: group.length }] : []))
    .sort((one, other) => one.category.localeCompare(other.category));
}

/** The fields of a product that determine its position in search results. */
export type SearchPosition = Pick<Product, 'productId' | 'name' | 'price'>;

/** A total order: equal names and prices are ordered by id, so that every cursor has one position. */
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
