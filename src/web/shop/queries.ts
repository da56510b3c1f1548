import { infiniteQueryOptions, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, bodyOf, pageOf, type Schemas } from '../api/client.ts';
import { useUserId } from '../api/hooks.ts';
import type { Order } from '../api/customer-queries.ts';
import { useOwn } from '../api/queries.ts';

const PAGE_SIZE = 20;
const LONG = 5 * 60_000;

export interface ProductFilter {
  readonly category?: string | undefined;
  readonly q?: string | undefined;
}

export function useProductPages({ category, q }: ProductFilter) {
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: ['products', { category, q }],
      initialPageParam: undefined as string | undefined,
      queryFn: ({ pageParam: cursor, signal }) =>
        pageOf(api.GET('/product/list', { params: { query: { limit: PAGE_SIZE, category, q, cursor } }, signal })),
      getNextPageParam: ({ next }) => next,
    }),
  );
}

export function useCategories() {
  return useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) => bodyOf(api.GET('/product/categories', { signal })),
    staleTime: LONG,
  });
}

export const useCart = () => useOwn(['cart'], (signal) => bodyOf(api.GET('/cart/view', { signal })));

const ORDER_POLL_MILLISECONDS = 3_000;
const PAYMENT_POLL_MILLISECONDS = 2_000;

/** Asks again while a payment is pending, or until there is a delivery, which is followed on its own. */
const isMoving = ({ status, payment, delivery }: Order) =>
  status === 'CREATED' ? payment?.status === 'PENDING' : status === 'CONFIRMED' && delivery === undefined;

export function useOrder(orderId: string) {
  const userId = useUserId();
  return useQuery({
    queryKey: ['order', orderId, userId],
    queryFn:
      userId === undefined
        ? skipToken
        : ({ signal }) => bodyOf(api.GET('/order/track', { params: { query: { orderId } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && isMoving(data) ? ORDER_POLL_MILLISECONDS : false),
  });
}

/** A payment as it was started, followed while it is pending. */
export function usePayment(started: Schemas['PaymentResponse']) {
  const { paymentId } = started;
  return useQuery({
    queryKey: ['payment', paymentId],
    queryFn: ({ signal }) => bodyOf(api.GET('/payment/{paymentId}', { params: { path: { paymentId } }, signal })),
    initialData: started,
    refetchInterval: ({ state: { data } }) => (data?.status === 'PENDING' ? PAYMENT_POLL_MILLISECONDS : false),
  });
}
