import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, money } from '../../ui/format.ts';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import type { Summable } from './figures.ts';
import type { DayFigures } from './queries.ts';

const FIGURES: readonly Summable[] = [
  ...(['orders', 'units', 'cancelled', 'revenue', 'refunds', 'refunded', 'walletFloat'] as const),
  ...(['delivered', 'onTime', 'late', 'failed', 'activeCustomers', 'newCustomers'] as const),
  ...(['subscriptionsStarted', 'subscriptionsPaused', 'subscriptionsEnded'] as const),
];
const AMOUNTS: readonly string[] = ['revenue', 'refunded', 'walletFloat'];

/** All figures, latest date first. */
export function ReportTable({ days }: { days: readonly DayFigures[] }) {
  const { t } = useTranslation('console');
  const rows = useMemo(() => days.toReversed(), [days]);
  const columns = useMemo<Column<DayFigures>[]>(
    () => [
      {
        key: 'date',
        label: t('reports.date'),
        render: ({ date }) => formatDate(date, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
        sortBy: ({ date }) => date,
      },
      ...FIGURES.map((figure) => ({
        key: figure,
        label: t(`reports.figure.${figure}`),
        align: 'end' as const,
        render: (day: DayFigures) => (AMOUNTS.includes(figure) ? money(day[figure]) : day[figure]),
        sortBy: (day: DayFigures) => day[figure],
      })),
    ],
    [t],
  );
  return <DataTable label={t('reports.table')} columns={columns} rows={rows} rowKey={({ date }) => date} />;
}
