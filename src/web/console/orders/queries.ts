import { useQuery } from '@tanstack/react-query';
import { api, bodyOf, pageOf, type Schemas } from '../../api/client.ts';
import { PAGE_SIZE, useAllPages } from '../use-all-pages.ts';

export type Order = Schemas['OrderResponse'];
export type Delivery = Schemas['DeliveryResponse'];

/** First parts of the query keys that a change of an order touches. */
export const ORDER_CHANGES = ['orders', 'order', 'deliveries', 'delivery', 'payment', 'ledger', 'audit'];

const POLL_MILLISECONDS = 15_000;
const orderIdOf = ({ orderId }: Order) => orderId;

/** The orders to deliver on a date, or those with an order number. */
export function useOrders({ date, number }: { date: string; number: string | undefined }) {
  const search = number === undefined ? { date } : { number };
  return useAllPages({
    queryKey: ['orders', search],
    read: (cursor, signal) =>
      pageOf(api.GET('/admin/orders', { params: { query: { ...search, limit: PAGE_SIZE, cursor } }, signal })),
    keyOf: orderIdOf,
  });
}

export function useOrder(orderId: string) {
  return useQuery({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => bodyOf(api.GET('/order/track', { params: { query: { orderId } }, signal })),
    refetchInterval: POLL_MILLISECONDS,
  });
}

export function useDelivery(deliveryId: string) {
  return useQuery({
    queryKey: ['delivery', deliveryId],
    queryFn: ({ signal }) => bodyOf(api.GET('/delivery/{deliveryId}', { params: { path: { deliveryId } }, signal })),
    refetchInterval: POLL_MILLISECONDS,
  });
}

export function usePayment(paymentId: string) {
  return useQuery({
    queryKey: ['payment', paymentId],
    queryFn: ({ signal }) => bodyOf(api.GET('/payment/{paymentId}', { params: { path: { paymentId } }, signal })),
  });
}

/** The movements of the customer's wallet that belong to an order, among their latest hundred. */
export function useMovements({ orderId, orderNumber, userId, payment }: Order) {
  return useQuery({
    queryKey: ['ledger', userId, orderId],
    queryFn: async ({ signal }) => {
      const query = { userId, limit: PAGE_SIZE };
      const { items } = await pageOf(api.GET('/wallet/ledger', { params: { query }, signal }));
      return items.filter(
        ({ sourceId, reason }) =>
          reason.includes(orderNumber) || (payment !== undefined && sourceId.startsWith(payment.paymentId)),
      );
    },
  });
}

/** What admins did to an order and its delivery, newest first. */
export function useAudit(subject: string | undefined) {
  return useQuery({
    queryKey: ['audit', subject],
    queryFn: async ({ signal }) => {
      const { items } = await pageOf(api.GET('/admin/audit', { params: { query: { subject, limit: 100 } }, signal }));
      return items;
    },
    enabled: subject !== undefined,
    // An entry appears some seconds after the change.
    refetchInterval: POLL_MILLISECONDS,
  });
}
