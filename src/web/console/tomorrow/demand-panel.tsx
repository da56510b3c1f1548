import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { addDays, formatDate } from '../../ui/format.ts';
import { Loaded } from '../../ui/states.tsx';
import { Chart } from '../ui/figures/chart.tsx';
import { DownloadButton } from '../ui/download-button.tsx';
import { JobLoading } from '../ui/job-loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { demandChartOf, demandTableOf } from './demand.ts';
import { DemandTable } from './demand-table.tsx';
import { type Demand, useDemand } from './queries.ts';
import styles from './tomorrow.module.css';

const DAYS = 7;

/** What a week from a date needs of each product. */
export function DemandPanel({ from }: { from: string }) {
  const { t } = useTranslation('console');
  const to = addDays(from, DAYS - 1);
  const { query, progress } = useDemand(from, to);
  return (
    <Panel
      title={t('demand.title')}
      tools={
        <DownloadButton
          label={t('demand.csv')}
          fileName={`demand-${from}-${to}.csv`}
          request={() =>
            api.GET('/admin/demand', { params: { query: { from, to, format: 'csv' } }, parseAs: 'blob' as const })
          }
        />
      }
    >
      <p className={styles['soft']}>{t('demand.text', { from: formatDate(from), to: formatDate(to) })}</p>
      <Loaded query={query} rows={<JobLoading progress={progress} />}>
        {(demand) => <Content demand={demand} from={from} to={to} />}
      </Loaded>
    </Panel>
  );
}

function Content({ demand, from, to }: { demand: readonly Demand[]; from: string; to: string }) {
  const { t } = useTranslation('console');
  if (demand.length === 0) return <p>{t('demand.none')}</p>;
  const dates = Array.from({ length: DAYS }, (_, index) => addDays(from, index));
  const products = demandTableOf(demand);
  const { rows, series } = demandChartOf(products, dates, t('demand.others'));
  const total = products.reduce((sum, product) => sum + product.total, 0);
  const summary = t('demand.summary', {
    count: total,
    from: formatDate(from),
    to: formatDate(to),
    product: products[0]?.name,
  });
  return (
    <>
      <Chart title={t('demand.chart')} rows={rows} series={series} summary={summary} />
      <DemandTable products={products} dates={dates} />
    </>
  );
}
