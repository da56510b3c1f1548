import { api, bodyOf } from '../../api/client.ts';
import { useAction } from '../../ui/use-action.ts';
import { type Product, readProduct, useKeepProduct } from './queries.ts';

export type StockChange =
  | { readonly mode: 'ADD' | 'TAKE'; readonly units: number }
  /** `seen`: the stock on the screen when the new one was typed. */
  | { readonly mode: 'COUNT'; readonly units: number; readonly seen: number };

/** The stock is no longer the one on the screen, so a count that was compared with that may be wrong. */
export class StockMoved extends Error {
  constructor(readonly product: Product) {
    super('The stock has changed');
  }
}

/**
 * Changes the stock by a difference, so that units which orders take meanwhile stay taken. A count is compared with the
 * current stock first. Throws `StockMoved` if that is not the one that was on the screen.
 */
export function useStockChange(productId: string, onSaved: () => void) {
  const keep = useKeepProduct();
  return useAction(
    async (change: StockChange, header) => {
      const counted = change.mode === 'COUNT' ? await readProduct(productId) : undefined;
      if (counted) {
        // Also after a lost response: the count is saved.
        if (counted.stock === change.units) return counted;
        if (change.mode === 'COUNT' && counted.stock !== change.seen) throw new StockMoved(counted);
      }
      const stockDelta = differenceOf(change);
      return bodyOf(api.PATCH('/product/update', { body: { productId, stockDelta }, params: { header } }));
    },
    {
      onSuccess: (product) => {
        keep(product);
        onSaved();
      },
    },
  );
}

function differenceOf(change: StockChange): number {
  if (change.mode === 'COUNT') return change.units - change.seen;
  return change.mode === 'ADD' ? change.units : -change.units;
}
