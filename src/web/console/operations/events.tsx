import { Button, NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { formatInstant } from '../../ui/format.ts';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import cells from '../ui/table/cells.module.css';
import type { Column } from '../ui/table/data-table.tsx';
import { PagedTable } from '../ui/table/paged-table.tsx';
import { useFilters } from '../use-filters.ts';
import styles from './operations.module.css';
import { useOutboxPages } from './queries.ts';

type Row = Schemas['OutboxRowResponse'];

/** Events that could not be delivered yet. */
export function Events() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('state');
  const state = filters.state === 'waiting' ? 'waiting' : 'parked';
  const query = useOutboxPages(state);
  const { mutate, isPending, variables, data, error } = useAction(
    (body: Schemas['RetryOutboxRequest']) => bodyOf(api.POST('/admin/outbox/retry', { body })),
    { changes: ['outbox'] },
  );
  const isEmpty = query.data?.pages.every(({ items }) => items.length === 0);
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: 'events',
        label: t('operations.event'),
        render: ({ events }) => (
          <span className={styles['lines']}>
            {events.map(({ eventId, type, occurredAt }) => (
              <span key={eventId}>
                {type} <span className={cells['soft']}>{formatInstant(occurredAt)}</span>
              </span>
            ))}
          </span>
        ),
      },
      { key: 'failed', label: t('operations.failedAt'), render: ({ failed }) => <Failures failed={failed} /> },
      { key: 'attempts', label: t('operations.attempts'), align: 'end', render: ({ attempts }) => attempts },
      state === 'parked'
        ? {
            key: 'retry',
            label: t('operations.actions'),
            render: ({ outboxId, events }) => (
              <Button
                size="compact-sm"
                variant="default"
                loading={isPending && variables.outboxIds?.includes(outboxId)}
                aria-label={t('operations.retryNamed', { name: events[0]?.type ?? outboxId })}
                onClick={() => mutate({ outboxIds: [outboxId] })}
              >
                {t('operations.retry')}
              </Button>
            ),
          }
        : {
            key: 'next',
            label: t('operations.nextAttempt'),
            render: ({ nextAttemptAt }) => nextAttemptAt && formatInstant(nextAttemptAt),
          },
    ],
    [t, state, isPending, variables, mutate],
  );
  return (
    <>
      <div className={styles['bar']}>
        <NativeSelect
          label={t('operations.show')}
          value={state}
          data={(['parked', 'waiting'] as const).map((value) => ({ value, label: t(`operations.outbox.${value}`) }))}
          onChange={({ currentTarget }) => setFilter('state', currentTarget.value)}
        />
        <p>{t(`operations.outboxText.${state}`)}</p>
        {state === 'parked' && (
          <Button disabled={isEmpty !== false} loading={isPending && !variables.outboxIds} onClick={() => mutate({})}>
            {t('operations.retryAll')}
          </Button>
        )}
      </div>
      <ActionError error={error} />
      {data && <Notice tone="good">{t('operations.retried', { count: data.retried })}</Notice>}
      <PagedTable
        label={t('operations.tab.events')}
        query={query}
        columns={columns}
        rowKey={rowKey}
        empty={{ title: t(`operations.outboxEmpty.${state}`) }}
      />
    </>
  );
}

const rowKey = ({ outboxId }: Row) => outboxId;

function Failures({ failed }: Pick<Row, 'failed'>) {
  return (
    <span className={cells['text']}>
      {failed.map(({ subscriber, error }, index) => (
        <span key={index} className={styles['lines']}>
          <span>{subscriber}</span>
          <span className={cells['soft']}>{error}</span>
        </span>
      ))}
    </span>
  );
}
