import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/format.ts';
import { useCourierName } from '../people.ts';
import { csvOf, saveFile } from '../save-file.ts';
import { DataTable } from '../ui/table/data-table.tsx';
import { ListState } from '../ui/list-state.tsx';
import { StatusChips } from '../ui/status-chips.tsx';
import { useFilters } from '../use-filters.ts';
import { BulkActions } from './bulk-actions.tsx';
import { BulkOutcome, type Outcome } from './bulk-outcome.tsx';
import { itemsText, ORDER_STATUSES, useOrderColumns } from './order-columns.tsx';
import pageStyles from '../ui/page.module.css';
import type { Order, useOrders } from './queries.ts';
import { useOpenOrder } from './use-open-order.ts';

interface OrdersTableProps {
  readonly orders: readonly Order[];
  readonly list: ReturnType<typeof useOrders>;
  /** Of the file with the rows. */
  readonly name: string;
  readonly slotFormat: Intl.DateTimeFormatOptions;
}

const NONE: ReadonlySet<string> = new Set();
const keyOf = ({ orderId }: Order) => orderId;
const labelOf = ({ orderNumber }: Order) => orderNumber;
const bySlot = (one: Order, other: Order) =>
  one.deliverySlot.localeCompare(other.deliverySlot) || one.orderNumber.localeCompare(other.orderNumber);

/** Orders by status, to open them or to change several at once. */
export function OrdersTable({ orders, list, name, slotFormat }: OrdersTableProps) {
  const { t } = useTranslation(['console', 'translation']);
  const { filters, setFilter } = useFilters('status');
  const status = ORDER_STATUSES.find((one) => one === filters.status);
  const [selected, setSelected] = useState(NONE);
  const [outcome, setOutcome] = useState<Outcome>();
  const { open } = useOpenOrder();
  const columns = useOrderColumns(slotFormat);
  const saveCsv = useCsv(name);
  const shown = useMemo(
    () => orders.filter((order) => status === undefined || order.status === status).sort(bySlot),
    [orders, status],
  );
  const chosen = shown.filter(({ orderId }) => selected.has(orderId));
  const counts = Map.groupBy(orders, (order) => order.status);
  const finish = (done: Outcome) => {
    setOutcome(done);
    // Those that were refused stay selected.
    setSelected(new Set(done.results.filter(({ code }) => code !== undefined).map(({ orderId }) => orderId)));
  };
  return (
    <>
      <StatusChips
        label={t('orders.status')}
        value={status}
        onChange={(value) => setFilter('status', value)}
        options={[
          { value: undefined, label: t('orders.all'), count: orders.length },
          ...ORDER_STATUSES.map((value) => ({
            value,
            label: t(`translation:status.${value}`),
            count: counts.get(value)?.length ?? 0,
          })),
        ]}
      />
      {chosen.length > 0 && <BulkActions selected={chosen} onDone={finish} onClear={() => setSelected(NONE)} />}
      {outcome && <BulkOutcome outcome={outcome} onOpen={open} onClose={() => setOutcome(undefined)} />}
      <div className={pageStyles['bar']}>
        <ListState shown={shown.length} list={list} />
        <Button variant="default" size="xs" onClick={() => saveCsv(shown)}>
          {t('list.csv')}
        </Button>
      </div>
      <DataTable
        label={t('nav.orders')}
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

/** Saves orders as a spreadsheet. */
function useCsv(name: string): (orders: readonly Order[]) => void {
  const { t } = useTranslation(['console', 'translation']);
  const courierName = useCourierName();
  const head = (['number', 'slot', 'status', 'items', 'amount', 'payment', 'courier', 'address'] as const).map((key) =>
    t(`orders.${key}`),
  );
  return (orders) => {
    const rows = orders.map((order) => [
      order.orderNumber,
      formatInstant(order.deliverySlot, { dateStyle: 'short', timeStyle: 'short' }),
      t(`translation:status.${order.status}`),
      itemsText(order),
      order.amount,
      order.payment ? `${order.payment.method} ${order.payment.status}` : '',
      order.delivery ? courierName(order.delivery.courierId) : '',
      order.address,
    ]);
    saveFile(`${name}.csv`, csvOf([head, ...rows]));
  };
}
