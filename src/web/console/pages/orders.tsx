import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DATE_AND_TIME, formatDate, today } from '../../ui/format.ts';
import { EmptyState, Loaded, Rows } from '../../ui/states.tsx';
import styles from '../orders/orders.module.css';
import { OrdersTable } from '../orders/orders-table.tsx';
import { TIME } from '../orders/order-columns.tsx';
import { OrderDrawer } from '../orders/order-drawer.tsx';
import { useOrders } from '../orders/queries.ts';
import { DayFilter } from '../ui/day-filter.tsx';
import { ConsolePage } from '../ui/page.tsx';
import { useFilters } from '../use-filters.ts';

export default function OrdersPage() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('date', 'number');
  const { date = today(), number } = filters;
  const orders = useOrders({ date, number });
  const isSearch = number !== undefined;
  return (
    <ConsolePage
      title={t('nav.orders')}
      tools={
        <>
          {!isSearch && <DayFilter value={date} onChange={(chosen) => setFilter('date', chosen)} />}
          <NumberSearch key={number ?? ''} value={number} onChange={(typed) => setFilter('number', typed)} />
        </>
      }
    >
      <Loaded query={orders} rows={<Rows count={8} height={40} />}>
        {(found) =>
          found.length === 0 && !orders.isIncomplete ? (
            <EmptyState
              title={isSearch ? t('orders.notFound', { number }) : t('orders.empty', { date: formatDate(date) })}
              text={isSearch ? t('orders.notFoundText') : t('orders.emptyText')}
            />
          ) : (
            <OrdersTable
              // The selection ends with the list.
              key={number ?? date}
              orders={found}
              list={orders}
              name={isSearch ? `orders-${number}` : `orders-${date}`}
              slotFormat={isSearch ? DATE_AND_TIME : TIME}
            />
          )
        }
      </Loaded>
      <OrderDrawer />
    </ConsolePage>
  );
}

interface NumberSearchProps {
  readonly value: string | undefined;
  readonly onChange: (number: string | undefined) => void;
}

function NumberSearch({ value, onChange }: NumberSearchProps) {
  const { t } = useTranslation('console');
  const [typed, setTyped] = useState(value ?? '');
  const search = (event: FormEvent) => {
    event.preventDefault();
    onChange(typed.trim() || undefined);
  };
  return (
    <form onSubmit={search} role="search" className={styles['actions']}>
      <TextInput
        type="search"
        aria-label={t('orders.search')}
        placeholder={t('orders.search')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {value !== undefined && (
        <Button variant="subtle" onClick={() => onChange(undefined)}>
          {t('orders.showDay')}
        </Button>
      )}
    </form>
  );
}
