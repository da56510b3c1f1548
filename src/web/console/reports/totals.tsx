import { useTranslation } from 'react-i18next';
import { money } from '../../ui/format.ts';
import { Tiles } from '../ui/figures/tiles.tsx';
import { sumOf } from './figures.ts';
import type { DayFigures } from './queries.ts';

/** The most important figures of all dates. */
export function Totals({ days }: { days: readonly DayFigures[] }) {
  const { t } = useTranslation('console');
  const delivered = sumOf(days, 'delivered');
  const attempted = delivered + sumOf(days, 'failed');
  const percent = attempted === 0 ? '–' : `${Math.round((sumOf(days, 'onTime') / attempted) * 100)} %`;
  return (
    <Tiles
      tiles={[
        { key: 'orders', label: t('reports.figure.orders'), value: sumOf(days, 'orders') },
        { key: 'revenue', label: t('reports.figure.revenue'), value: money(sumOf(days, 'revenue')) },
        { key: 'refunded', label: t('reports.figure.refunded'), value: money(sumOf(days, 'refunded')) },
        { key: 'delivered', label: t('reports.figure.delivered'), value: delivered },
        { key: 'onTime', label: t('reports.onTimeShare'), value: percent },
        { key: 'newCustomers', label: t('reports.figure.newCustomers'), value: sumOf(days, 'newCustomers') },
        { key: 'float', label: t('reports.figure.walletFloat'), value: money(days.at(-1)?.walletFloat ?? 0) },
      ]}
    />
  );
}
