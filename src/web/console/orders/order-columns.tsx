import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.ts';
import { formatInstant, money } from '../../ui/format.ts';
import { StatusBadge } from '../../ui/order-status.tsx';
import { useCourierName } from '../people.ts';
import type { Column } from '../ui/table/data-table.tsx';
import styles from './orders.module.css';
import type { Order } from './queries.ts';

type Payment = Schemas['PaymentResponse'];

export const ORDER_STATUSES = ['CREATED', 'CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED', 'CANCELLED'] as const;

export const itemsText = ({ items }: Order) => items.map(({ qty, name }) => `${qty} × ${name}`).join(', ');
export const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

export function useOrderColumns(slotFormat: Intl.DateTimeFormatOptions): readonly Column<Order>[] {
  const { t } = useTranslation(['console', 'translation']);
  const courierName = useCourierName();
  const paymentText = usePaymentText();
  return useMemo(() => {
    const courierText = ({ delivery }: Order) => (delivery ? courierName(delivery.courierId) : '');
    return [
      {
        key: 'number',
        label: t('orders.number'),
        render: ({ orderNumber }) => <b>{orderNumber}</b>,
        sortBy: ({ orderNumber }) => orderNumber,
      },
      {
        key: 'slot',
        label: t('orders.slot'),
        render: ({ deliverySlot }) => formatInstant(deliverySlot, slotFormat),
        sortBy: ({ deliverySlot }) => deliverySlot,
      },
      {
        key: 'status',
        label: t('orders.status'),
        render: (order) => <StatusBadge order={order} />,
        sortBy: ({ status }) => ORDER_STATUSES.indexOf(status),
      },
      {
        key: 'items',
        label: t('orders.items'),
        render: (order) => <span className={styles['long']}>{itemsText(order)}</span>,
      },
      {
        key: 'amount',
        label: t('orders.amount'),
        render: ({ amount }) => money(amount),
        sortBy: ({ amount }) => amount,
        align: 'end',
      },
      { key: 'payment', label: t('orders.payment'), render: paymentText, sortBy: paymentText },
      { key: 'courier', label: t('orders.courier'), render: courierText, sortBy: courierText },
      {
        key: 'address',
        label: t('orders.address'),
        render: ({ address }) => <span className={styles['long']}>{address}</span>,
        sortBy: ({ address }) => address,
      },
    ];
  }, [t, slotFormat, courierName, paymentText]);
}

/** How an order is paid, and whether it is. */
function usePaymentText(): (order: Order) => string {
  const { t } = useTranslation(['console', 'translation']);
  return useCallback(
    ({ payment }) => {
      if (!payment) return t('orders.unpaid');
      const method = t(`translation:payment.${payment.method as Payment['method']}`);
      return `${method} · ${t(`translation:paymentStatus.${payment.status as Payment['status']}`)}`;
    },
    [t],
  );
}
