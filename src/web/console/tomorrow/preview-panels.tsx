import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/format.ts';
import { Loaded } from '../../ui/states.tsx';
import { JobLoading } from '../ui/job-loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { type Preview, usePreview } from './queries.ts';
import { RunNow } from './run-now.tsx';
import { ShortCustomers } from './short-customers.tsx';
import styles from './tomorrow.module.css';
import { UnitsTable } from './units-table.tsx';

/** What the run of a date would do now. */
export function PreviewPanels({ date }: { date: string }) {
  const { t } = useTranslation('console');
  const { query, progress } = usePreview(date);
  return (
    <>
      <Panel
        title={t('preview.title')}
        tools={
          <>
            <Button variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
              {t('preview.refresh')}
            </Button>
            <RunNow date={date} expected={query.data?.counts['ORDERED']} />
          </>
        }
      >
        <Loaded query={query} rows={<JobLoading progress={progress} />}>
          {(preview) => <Counts preview={preview} />}
        </Loaded>
      </Panel>
      {query.data && (
        <div className={styles['pair']}>
          <ShortCustomers preview={query.data} />
          <UnitsTable units={query.data.units} />
        </div>
      )}
    </>
  );
}

function Counts({ preview }: { preview: Preview }) {
  const { t } = useTranslation('console');
  return (
    <>
      <p className={styles['soft']}>{t('preview.text', { at: formatInstant(preview.asOf) })}</p>
      <ComparisonTable preview={preview} />
    </>
  );
}
