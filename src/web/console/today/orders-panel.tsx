import { useTranslation } from 'react-i18next';
import type { Day } from '../day-queries.ts';
import { Panel } from '../ui/panel.tsx';
import { Tiles } from '../ui/figures/tiles.tsx';

const STATUSES = ['CREATED', 'CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED', 'CANCELLED'] as const;

/** The orders to deliver today, by status. */
export function OrdersPanel({ day: { date, orders } }: { day: Day }) {
  const { t } = useTranslation('console');
  return (
    <Panel title={t('today.orders')}>
      <Tiles
        tiles={STATUSES.map((status) => ({
          key: status,
          label: t(`today.order.${status}`),
          value: orders[status] ?? 0,
          to: `/orders?date=${date}&status=${status}`,
        }))}
      />
    </Panel>
  );
}
