import { useTranslation } from 'react-i18next';
import { addDays, formatDate } from '../../ui/format.ts';
import { EmptyState, Loaded, Rows } from '../../ui/states.tsx';
import { useDay } from '../day-queries.ts';
import { Charts } from '../reports/charts.tsx';
import { ReportFiles } from '../reports/files.tsx';
import { useReport } from '../reports/queries.ts';
import { RangeFilter } from '../reports/range-filter.tsx';
import { ReportTable } from '../reports/report-table.tsx';
import { Totals } from '../reports/totals.tsx';
import { JobLoading } from '../ui/job-loading.tsx';
import { ConsolePage } from '../ui/page.tsx';
import { Panel } from '../ui/panel.tsx';
import { useFilters } from '../use-filters.ts';

const DEFAULT_DAYS = 7;

export default function ReportsPage() {
  const day = useDay();
  return (
    <Loaded query={day} rows={<Rows count={4} height={130} />}>
      {({ date }) => <Report today={date} />}
    </Loaded>
  );
}

function Report({ today }: { today: string }) {
  const { t } = useTranslation('console');
  const { filters, setFilters } = useFilters('from', 'to');
  const to = filters.to ?? today;
  const from = filters.from ?? addDays(to, 1 - DEFAULT_DAYS);
  const { query, progress } = useReport({ from, to });
  return (
    <ConsolePage
      title={t('nav.reports')}
      text={t('reports.range', { from: formatDate(from), to: formatDate(to) })}
      tools={<ReportFiles range={{ from, to }} />}
    >
      <RangeFilter range={{ from, to }} today={today} onChange={setFilters} />
      <Loaded query={query} rows={<JobLoading progress={progress} />}>
        {(days) =>
          days.length === 0 ? (
            <EmptyState title={t('reports.empty')} />
          ) : (
            <>
              <Totals days={days} />
              <Charts days={days} />
              <Panel title={t('reports.table')}>
                <ReportTable days={days} />
              </Panel>
            </>
          )
        }
      </Loaded>
    </ConsolePage>
  );
}
