import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDate, today } from '../../ui/format.ts';
import { EmptyState, Loaded, Rows } from '../../ui/states.tsx';
import { DeliveriesTable } from '../deliveries/deliveries-table.tsx';
import { useDeliveries } from '../deliveries/queries.ts';
import { OrderDrawer } from '../orders/order-drawer.tsx';
import { DayFilter } from '../ui/day-filter.tsx';
import { ConsolePage } from '../ui/page.tsx';
import { useFilters } from '../use-filters.ts';

export default function DeliveriesPage() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('date', 'needsCourier');
  const { date = today() } = filters;
  const needsCourier = filters.needsCourier === 'true';
  const deliveries = useDeliveries(date, needsCourier);
  return (
    <ConsolePage
      title={t('nav.deliveries')}
      tools={
        <>
          <Button
            variant={needsCourier ? 'light' : 'default'}
            aria-pressed={needsCourier}
            onClick={() => setFilter('needsCourier', needsCourier ? undefined : 'true')}
          >
            {t('deliveries.needsCourier')}
          </Button>
          <DayFilter value={date} onChange={(chosen) => setFilter('date', chosen)} />
        </>
      }
    >
      <Loaded query={deliveries} rows={<Rows count={8} height={40} />}>
        {(found) =>
          found.length === 0 && !deliveries.isIncomplete ? (
            <EmptyState
              title={t(needsCourier ? 'deliveries.allHaveCourier' : 'deliveries.empty', { date: formatDate(date) })}
              text={needsCourier ? undefined : t('deliveries.emptyText')}
            />
          ) : (
            // The selection ends with the list.
            <DeliveriesTable key={`${date} ${needsCourier}`} deliveries={found} list={deliveries} />
          )
        }
      </Loaded>
      <OrderDrawer />
    </ConsolePage>
  );
}
