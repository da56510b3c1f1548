import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { formatDate, formatInstant } from '../../ui/format.ts';
import { Badge } from '../../ui/page.tsx';
import cells from '../ui/table/cells.module.css';
import type { Column } from '../ui/table/data-table.tsx';
import { PagedTable } from '../ui/table/paged-table.tsx';
import styles from './operations.module.css';
import { useRunPages } from './queries.ts';

type Run = Schemas['RunResponse'];

const TONES = { RUNNING: 'warn', COMPLETED: 'good', FAILED: 'bad' } as const;

/** The runs of order generation, latest date first. */
export function Runs() {
  const { t } = useTranslation(['console', 'translation']);
  const columns = useMemo<Column<Run>[]>(
    () => [
      {
        key: 'date',
        label: t('operations.deliveriesOf'),
        render: ({ date }) => <Link to={`/tomorrow?date=${date}`}>{formatDate(date)}</Link>,
      },
      {
        key: 'status',
        label: t('operations.status'),
        render: ({ status }) => <Badge tone={TONES[status]}>{t(`operations.runStatus.${status}`)}</Badge>,
      },
      { key: 'ordered', label: t('operations.ordered'), align: 'end', render: ({ counts }) => counts['ORDERED'] ?? 0 },
      {
        key: 'others',
        label: t('operations.notOrdered'),
        render: ({ counts }) => (
          <span className={cells['text']}>
            {OTHER_OUTCOMES.filter((outcome) => counts[outcome])
              .map((outcome) => `${t(`translation:outcome.${outcome}`)} ${counts[outcome]}`)
              .join(' · ') || '–'}
          </span>
        ),
      },
      { key: 'started', label: t('operations.startedAt'), render: ({ startedAt }) => formatInstant(startedAt) },
      {
        key: 'completed',
        label: t('operations.completedAt'),
        render: ({ completedAt }) => completedAt && formatInstant(completedAt),
      },
    ],
    [t],
  );
  return (
    <>
      <div className={styles['bar']}>
        <p>{t('operations.runsText')}</p>
      </div>
      <PagedTable
        label={t('operations.tab.runs')}
        query={useRunPages()}
        columns={columns}
        rowKey={rowKey}
        empty={{ title: t('operations.noRun') }}
      />
    </>
  );
}

const OTHER_OUTCOMES = [
  ...(['PAUSED', 'SKIPPED', 'SHORT_BALANCE', 'OUT_OF_STOCK', 'PRODUCT_WITHDRAWN', 'MISSED', 'BLOCKED'] as const),
];

const rowKey = ({ date }: Run) => date;
