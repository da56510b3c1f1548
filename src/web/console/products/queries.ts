import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { allPagesOf } from '../../api/all-pages.ts';
import { api, bodyOf, pageOf, type Schemas } from '../../api/client.ts';
import { useDemand } from '../tomorrow/queries.ts';
import { addDays, today } from '../../ui/format.ts';
import { useAction } from '../../ui/use-action.ts';

export type Product = Schemas['ProductResponse'];
export type ProductChange = Omit<Schemas['UpdateProductRequest'], 'productId'>;

const REFRESH_MILLISECONDS = 30_000;

/** All products, also withdrawn ones. A dairy sells a few hundred. */
const productsQuery = queryOptions({
  queryKey: ['admin-products'],
  queryFn: ({ signal }) =>
    allPagesOf((cursor) => pageOf(api.GET('/admin/products', { params: { query: { limit: 100, cursor } }, signal }))),
});

export const useProducts = () => useQuery({ ...productsQuery, refetchInterval: REFRESH_MILLISECONDS });

/** The product as it is stored. The list may be some seconds old. */
export const readProduct = (productId: string): Promise<Product> =>
  bodyOf(api.GET('/admin/product/{productId}', { params: { path: { productId } } }));

/** Puts a product into the list as it was just read or saved. */
export function useKeepProduct(): (product: Product) => void {
  const queries = useQueryClient();
  return (product) =>
    queries.setQueryData(productsQuery.queryKey, (products) => [
      ...(products ?? []).filter(({ productId }) => productId !== product.productId),
      product,
    ]);
}

/** Reads a product again, after someone else has changed it. Undefined if it cannot be read. */
export function useReloadProduct(productId: string): () => Promise<Product | undefined> {
  const keep = useKeepProduct();
  return async () => {
    const product = await readProduct(productId).catch(() => undefined);
    if (product) keep(product);
    return product;
  };
}

/** Saves a change of the product as it is shown. Refused with 412 if it has changed meanwhile. */
export function useChangeProduct({ productId, version }: Product, onSaved?: (product: Product) => void) {
  const keep = useKeepProduct();
  return useAction(
    (change: ProductChange, header) =>
      bodyOf(
        api.PATCH('/product/update', {
          body: { productId, ...change },
          params: { header: { ...header, 'If-Match': String(version) } },
        }),
      ),
    {
      onSuccess: (product) => {
        keep(product);
        onSaved?.(product);
      },
    },
  );
}

/** Units that subscriptions need tomorrow. Undefined until it is known. */
export function useDemandTomorrow(productId: string): { date: string; units: number | undefined } {
  const date = addDays(today(), 1);
  const { data } = useDemand(date, date).query;
  return { date, units: data && (data.find((row) => row.productId === productId)?.units ?? 0) };
}
