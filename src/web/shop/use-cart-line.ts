import { useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import { useUserId } from '../api/hooks.ts';
import { useAction } from '../ui/use-action.ts';
import { useCart } from './queries.ts';

/** The quantity of a product in the cart, and the action that sets it. */
export function useCartLine(productId: string) {
  const queries = useQueryClient();
  const userId = useUserId();
  const { data: cart } = useCart();
  const { mutate, isPending, variables, error } = useAction(
    (qty: number) => bodyOf(api.PATCH('/cart/update', { body: { productId, qty } })),
    { onSuccess: (changed) => queries.setQueryData(['cart', userId], changed) },
  );
  const stored = cart?.items.find((line) => line.productId === productId)?.qty ?? 0;
  return { qty: isPending ? variables : stored, setQty: mutate, isPending, error };
}
