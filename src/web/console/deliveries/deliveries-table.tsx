import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssignSheet } from '../orders/assign-sheet.tsx';
import { BulkOutcome, type Outcome } from '../orders/bulk-outcome.tsx';
import orderStyles from '../orders/orders.module.css';
import { useOpenOrder } from '../orders/use-open-order.ts';
import { DataTable } from '../ui/table/data-table.tsx';
import { ListState } from '../ui/list-state.tsx';
import { StatusChips } from '../ui/status-chips.tsx';
import { useFilters } from '../use-filters.ts';
import { CourierProgress, NO_COURIER } from './courier-progress.tsx';
import { useDeliveryColumns } from './delivery-columns.tsx';
import { type Delivery, DELIVERY_STATUSES, type useDeliveries } from './queries.ts';

interface DeliveriesTableProps {
  readonly deliveries: readonly Delivery[];
  readonly list: ReturnType<typeof useDeliveries>;
}

const NONE: ReadonlySet<string> = new Set();
const keyOf = ({ orderId }: Delivery) => orderId;
const labelOf = ({ orderNumber }: Delivery) => orderNumber;

/** Deliveries by courier and status, to open their orders or to give them to another courier. */
export function DeliveriesTable({ deliveries, list }: DeliveriesTableProps) {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('status', 'courier');
  const { courier } = filters;
  const status = DELIVERY_STATUSES.find((one) => one === filters.status);
  const [selected, setSelected] = useState(NONE);
  const [assigns, setAssigns] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const { open } = useOpenOrder();
  const columns = useDeliveryColumns();
  const ofCourier = useMemo(
    () => deliveries.filter(({ courierId = NO_COURIER }) => courier === undefined || courierId === courier),
    [deliveries, courier],
  );
  const shown = useMemo(
    () => ofCourier.filter((delivery) => status === undefined || delivery.status === status),
    [ofCourier, status],
  );
  const counts = Map.groupBy(ofCourier, (delivery) => delivery.status);
  const orderIds = shown.map(keyOf).filter((orderId) => selected.has(orderId));
  return (
    <>
      <CourierProgress deliveries={deliveries} value={courier} onChange={(value) => setFilter('courier', value)} />
      <StatusChips
        label={t('orders.status')}
        value={status}
        onChange={(value) => setFilter('status', value)}
        options={[
          { value: undefined, label: t('orders.all'), count: ofCourier.length },
          ...DELIVERY_STATUSES.map((value) => ({
            value,
            label: t(`deliveryStatus.${value}`),
            count: counts.get(value)?.length ?? 0,
          })),
        ]}
      />
      {orderIds.length > 0 && (
        <div className={orderStyles['actions']} role="group" aria-label={t('bulk.label')}>
          <b>{t('bulk.selected', { count: orderIds.length })}</b>
          <Button onClick={() => setAssigns(true)}>{t('bulk.assign')}</Button>
          <Button variant="subtle" onClick={() => setSelected(NONE)}>
            {t('bulk.clear')}
          </Button>
        </div>
      )}
      {assigns && (
        <AssignSheet
          orderIds={orderIds}
          onDone={(results) => {
            setAssigns(false);
            setOutcome({ action: 'assigned', results });
            setSelected(new Set(results.filter(({ code }) => code !== undefined).map(({ orderId }) => orderId)));
          }}
          onClose={() => setAssigns(false)}
        />
      )}
      {outcome && <BulkOutcome outcome={outcome} onOpen={open} onClose={() => setOutcome(undefined)} />}
      <ListState shown={shown.length} list={list} />
      <DataTable
        label={t('nav.deliveries')}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        rowLabel={labelOf}
        onOpen={({ orderId }) => open(orderId)}
        selected={selected}
        onSelect={setSelected}
      />
    </>
  );
}
