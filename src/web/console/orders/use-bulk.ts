import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAction } from '../../ui/use-action.ts';
import { ORDER_CHANGES } from './queries.ts';

/** What became of one of several orders. With `code`, it was refused. */
export interface OrderResult {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly code?: string;
  readonly detail?: string;
}

type Send<V> = (
  orderIds: readonly string[],
  values: V,
  headers: { 'Idempotency-Key': string },
) => Promise<readonly OrderResult[]>;

/** Of one request. */
const GROUP_SIZE = 100;

/** Changes many orders, in groups of as many as a request may have. */
export function useBulk<V>(send: Send<V>, onDone: (results: readonly OrderResult[], values: V) => void) {
  const queries = useQueryClient();
  const [done, setDone] = useState(0);
  const group = useAction(({ ids, values }: { ids: readonly string[]; values: V }, headers) =>
    send(ids, values, headers),
  );
  const all = useMutation({
    // Each group is tried again by itself.
    retry: false,
    mutationFn: async ({ orderIds, values }: { orderIds: readonly string[]; values: V }) => {
      const results: OrderResult[] = [];
      for (let first = 0; first < orderIds.length; first += GROUP_SIZE) {
        setDone(first);
        results.push(...(await group.mutateAsync({ ids: orderIds.slice(first, first + GROUP_SIZE), values })));
      }
      return results;
    },
    onSuccess: (results, { values }) => onDone(results, values),
    onSettled: () => Promise.all(ORDER_CHANGES.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
  return { ...all, done };
}
