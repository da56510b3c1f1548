import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, bodyOf, type Schemas } from '../api/client.ts';

type Delivery = Schemas['DeliveryResponse'];

/** Between two waits. */
const PAUSE_MILLISECONDS = 300;

const isOver = ({ status }: Delivery) => status === 'DELIVERED' || status === 'FAILED';

/** Follows a delivery: each request waits at the server until something happens. */
export function useDelivery(deliveryId: string | undefined): Delivery | undefined {
  const queries = useQueryClient();
  const queryKey = ['delivery', deliveryId];
  const { data } = useQuery({
    queryKey,
    queryFn:
      deliveryId === undefined
        ? skipToken
        : ({ signal }) => {
            const known = queries.getQueryData<Delivery>(queryKey);
            const query = known && !isOver(known) ? { since: known.version } : {};
            return bodyOf(api.GET('/delivery/{deliveryId}', { params: { path: { deliveryId }, query }, signal }));
          },
    refetchInterval: ({ state }) => (state.data && !isOver(state.data) ? PAUSE_MILLISECONDS : false),
    staleTime: Infinity,
  });
  const version = data?.version;
  useEffect(() => {
    // The order changes with its delivery.
    if (version !== undefined) void queries.invalidateQueries({ queryKey: ['order'] });
  }, [queries, version]);
  return data;
}
