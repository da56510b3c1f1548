import { api, pageOf, type Schemas } from '../../api/client.ts';
import { PAGE_SIZE, useAllPages } from '../use-all-pages.ts';

export type Delivery = Schemas['DeliveryResponse'];
export const DELIVERY_STATUSES = ['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'FAILED'] as const;

const deliveryIdOf = ({ deliveryId }: Delivery) => deliveryId;

/** The deliveries of a date: all, or those that need another courier. */
export function useDeliveries(date: string, needsCourier = false) {
  const search = { date, ...(needsCourier && { needsCourier }) };
  return useAllPages({
    queryKey: ['deliveries', search],
    read: (cursor, signal) =>
      pageOf(api.GET('/delivery/list', { params: { query: { ...search, limit: PAGE_SIZE, cursor } }, signal })),
    keyOf: deliveryIdOf,
  });
}

export interface Progress {
  readonly courierId: string | undefined;
  readonly total: number;
  readonly delivered: number;
  readonly failed: number;
}

/** How far each courier is. Deliveries whose order was cancelled do not count. */
export function progressOf(deliveries: readonly Delivery[]): Progress[] {
  const counted = deliveries.filter(({ reason }) => reason !== 'ORDER_CANCELLED');
  return [...Map.groupBy(counted, ({ courierId }) => courierId)].map(([courierId, own]) => ({
    courierId,
    total: own.length,
    delivered: own.filter(({ status }) => status === 'DELIVERED').length,
    failed: own.filter(({ status }) => status === 'FAILED').length,
  }));
}
