import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../ui/states.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { useFilters } from '../use-filters.ts';
import { useOutcomeColumns } from './outcome-columns.tsx';
import { isRecordedOutcome, RECORDED_OUTCOMES } from './outcomes.ts';
import { useOutcomePages } from './queries.ts';
import styles from './tomorrow.module.css';

/** The outcome of each subscription. */
export function OutcomeList({ date, isRunning }: { date: string; isRunning: boolean }) {
  const { t } = useTranslation(['console', 'translation']);
  const { filters, setFilter } = useFilters('outcome');
  const outcome = isRecordedOutcome(filters.outcome) ? filters.outcome : undefined;
  const pages = useOutcomePages(date, outcome);
  const columns = useOutcomeColumns();
  const queries = useQueryClient();
  useEffect(() => {
    // The list that was loaded during the run is out of date once it has ended.
    if (!isRunning) void queries.invalidateQueries({ queryKey: ['outcomes', date] });
  }, [queries, date, isRunning]);
  return (
    <Panel
      title={t('outcomes.title')}
      tools={
        <NativeSelect
          aria-label={t('outcomes.filter')}
          value={outcome ?? ''}
          onChange={({ currentTarget }) => setFilter('outcome', currentTarget.value || undefined)}
          data={[
            { value: '', label: t('outcomes.all') },
            ...RECORDED_OUTCOMES.map((value) => ({ value, label: t(`translation:outcome.${value}`) })),
          ]}
        />
      }
    >
      <Loaded query={pages}>
        {({ pages: loaded }) => {
          const rows = loaded.flatMap(({ items }) => items);
          if (rows.length === 0 && !pages.hasNextPage) return <p className={styles['soft']}>{t('outcomes.none')}</p>;
          return (
            <DataTable
              label={t('outcomes.title')}
              columns={columns}
              rows={rows}
              rowKey={({ subscriptionId }) => subscriptionId}
            />
          );
        }}
      </Loaded>
      {pages.hasNextPage && (
        <Button variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('translation:common.showMore')}
        </Button>
      )}
    </Panel>
  );
}
