import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/format.ts';
import { Badge, type Tone } from '../../ui/page.tsx';
import { useReasonText } from '../orders/use-reason-text.ts';
import { useCourierName } from '../people.ts';
import type { Column } from '../ui/table/data-table.tsx';
import styles from './deliveries.module.css';
import { type Delivery, DELIVERY_STATUSES } from './queries.ts';

const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
const TONES: Readonly<Record<Delivery['status'], Tone>> = {
  ASSIGNED: 'plain',
  PICKED_UP: 'warn',
  IN_TRANSIT: 'warn',
  DELIVERED: 'good',
  FAILED: 'bad',
};

export function useDeliveryColumns(): readonly Column<Delivery>[] {
  const { t } = useTranslation('console');
  const courierName = useCourierName();
  const reasonText = useReasonText();
  return useMemo(() => {
    const courierText = ({ courierId }: Delivery) => courierName(courierId);
    const noteOf = ({ history, reason }: Delivery) =>
      [reason && reasonText(reason), history.at(-1)?.note].filter(Boolean).join(': ');
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
        render: ({ deliverySlot }) => formatInstant(deliverySlot, TIME),
        sortBy: ({ deliverySlot }) => deliverySlot,
      },
      {
        key: 'status',
        label: t('orders.status'),
        render: ({ status }) => <Badge tone={TONES[status]}>{t(`deliveryStatus.${status}`)}</Badge>,
        sortBy: ({ status }) => DELIVERY_STATUSES.indexOf(status),
      },
      { key: 'courier', label: t('orders.courier'), render: courierText, sortBy: courierText },
      {
        key: 'reason',
        label: t('deliveries.reason'),
        render: (delivery) => <span className={styles['long']}>{noteOf(delivery)}</span>,
        sortBy: noteOf,
      },
      {
        key: 'address',
        label: t('orders.address'),
        render: ({ address }) => <span className={styles['long']}>{address}</span>,
        sortBy: ({ address }) => address,
      },
    ];
  }, [t, courierName, reasonText]);
}
