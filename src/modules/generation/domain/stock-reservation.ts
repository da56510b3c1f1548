import type { ProductId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';

/** A product, as it is in stock. */
export interface StockedProduct {
  readonly name: string;
  readonly price: MinorUnits;
  readonly unit?: string;
  readonly active: boolean;
  readonly stock: number;
}

/** What was set aside of a product for all who want it on a date; SCARCE when that is more than there is. */
export type StockReservation = { readonly productId: ProductId } & (
  | {
      readonly state: 'ALLOTTED';
      readonly qty: number;
      readonly name: string;
      readonly price: MinorUnits;
      readonly unit?: string;
    }
  | { readonly state: 'SCARCE' | 'WITHDRAWN' }
);

/** All that is wanted of a product, or nothing when there is too little. */
export function reservationFor(
  productId: ProductId,
  qty: number,
  product: StockedProduct | undefined,
): StockReservation {
  if (!product?.active) return { productId, state: 'WITHDRAWN' };
  if (product.stock < qty) return { productId, state: 'SCARCE' };
  const { name, price, unit } = product;
  return { productId, state: 'ALLOTTED', qty, name, price, unit };
}
