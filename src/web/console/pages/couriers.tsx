import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../ui/format.ts';
import { EmptyState, Loaded, Notice, Rows } from '../../ui/states.tsx';
import { CouriersTable } from '../couriers/couriers-table.tsx';
import { NewCourierSheet } from '../couriers/new-courier-sheet.tsx';
import { useDeliveries } from '../deliveries/queries.ts';
import { useCouriers } from '../people.ts';
import { DayFilter } from '../ui/day-filter.tsx';
import { ListState } from '../ui/list-state.tsx';
import { ConsolePage } from '../ui/page.tsx';
import { useFilters } from '../use-filters.ts';

export default function CouriersPage() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('date');
  const { date = today() } = filters;
  const [isAdding, setAdding] = useState(false);
  const [added, setAdded] = useState<string>();
  const couriers = useCouriers();
  const deliveries = useDeliveries(date);
  const add = <Button onClick={() => setAdding(true)}>{t('couriers.add')}</Button>;
  return (
    <ConsolePage
      title={t('nav.couriers')}
      tools={
        <>
          <DayFilter value={date} onChange={(chosen) => setFilter('date', chosen)} />
          {add}
        </>
      }
    >
      {added !== undefined && <Notice tone="good">{t('couriers.invited', { email: added })}</Notice>}
      <Loaded query={couriers} rows={<Rows count={4} height={56} />}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t('couriers.empty')} text={t('couriers.emptyText')} action={add} />
          ) : (
            <>
              <CouriersTable couriers={found} deliveries={deliveries.data} date={date} />
              {(deliveries.isIncomplete || deliveries.isCut || deliveries.error !== null) && (
                <ListState shown={deliveries.data?.length ?? 0} list={deliveries} />
              )}
            </>
          )
        }
      </Loaded>
      {isAdding && (
        <NewCourierSheet
          onDone={(email) => {
            setAdding(false);
            setAdded(email);
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </ConsolePage>
  );
}
