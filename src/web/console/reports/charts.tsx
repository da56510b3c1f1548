import { useTranslation } from 'react-i18next';
import { money } from '../../ui/format.ts';
import { Chart, type Series } from '../ui/figures/chart.tsx';
import { Panel } from '../ui/panel.tsx';
import { FailureReasons } from './failure-reasons.tsx';
import { sumOf, type Summable } from './figures.ts';
import type { DayFigures } from './queries.ts';
import styles from './reports.module.css';

interface ChartPlan {
  readonly key: 'orders' | 'money' | 'deliveries' | 'customers' | 'subscriptions' | 'wallets';
  readonly series: readonly (Omit<Series, 'label' | 'key'> & { readonly key: Summable })[];
  readonly isMoney?: true;
  /** Adding up the dates means nothing, so that the summary gives the last date instead. */
  readonly isState?: true;
}

const PLANS: readonly ChartPlan[] = [
  { key: 'orders', series: [{ key: 'orders' }, { key: 'cancelled' }] },
  { key: 'money', series: [{ key: 'revenue' }, { key: 'refunded' }], isMoney: true },
  {
    key: 'deliveries',
    series: [
      { key: 'onTime', stack: 'all' },
      { key: 'late', stack: 'all' },
      { key: 'failed', stack: 'all' },
    ],
  },
  { key: 'customers', series: [{ key: 'activeCustomers', kind: 'line' }, { key: 'newCustomers' }], isState: true },
  {
    key: 'subscriptions',
    series: [{ key: 'subscriptionsStarted' }, { key: 'subscriptionsPaused' }, { key: 'subscriptionsEnded' }],
  },
  { key: 'wallets', series: [{ key: 'walletFloat', kind: 'line' }], isMoney: true, isState: true },
];

/** The figures as pictures. */
export function Charts({ days }: { days: readonly DayFigures[] }) {
  const { t } = useTranslation('console');
  const rows = days.map(({ failedReasons: _reasons, topProducts: _products, ...figures }) => figures);
  return (
    <div className={styles['charts']}>
      {PLANS.map(({ key, series, isMoney, isState }) => {
        const format = isMoney ? money : String;
        const valueOf = (figure: Summable) => (isState ? (days.at(-1)?.[figure] ?? 0) : sumOf(days, figure));
        const labelled = series.map((one) => ({ ...one, label: t(`reports.figure.${one.key}`) }));
        const figures = labelled.map((one) => `${one.label} ${format(valueOf(one.key))}`).join(', ');
        return (
          <Panel key={key} title={t(`reports.per.${key}`)}>
            <Chart
              rows={rows}
              series={labelled}
              format={format}
              summary={t(isState ? 'reports.lastDay' : 'reports.inAll', { figures })}
            />
            {key === 'deliveries' && <FailureReasons days={days} />}
          </Panel>
        );
      })}
    </div>
  );
}
