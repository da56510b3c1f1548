import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api/client.ts';
import { useJobQuery } from '../../api/jobs.ts';
import { formatInstant } from '../../ui/format.ts';
import { EmptyState, ErrorState, Notice } from '../../ui/states.tsx';
import { Checked } from '../books/checked.tsx';
import { Findings } from '../books/findings.tsx';
import styles from '../books/books.module.css';
import { ConsolePage } from '../ui/page.tsx';

type Report = Schemas['ReconciliationResponse'];

export default function BooksPage() {
  const { t } = useTranslation('console');
  const { query, progress } = useJobQuery<Report>(['books'], (signal) => api.GET('/admin/books', { signal }), {
    enabled: false,
  });
  const { data: result, dataUpdatedAt, isFetching: isRunning } = query;
  const error = isRunning ? undefined : query.error;
  const run = () => void query.refetch();
  const start = (
    <Button onClick={run} loading={isRunning}>
      {t(result ? 'books.runAgain' : 'books.run')}
    </Button>
  );
  return (
    <ConsolePage title={t('nav.books')} text={t('books.text')} tools={start}>
      <div role="status" className={styles['status']}>
        {isRunning && (
          <div className={styles['running']}>
            <p>{t('books.running')}</p>
            <progress
              aria-label={t('books.progress')}
              {...(progress && progress.total > 0 && { value: progress.done, max: progress.total })}
            />
          </div>
        )}
      </div>
      {error && <ErrorState error={error} onRetry={run} />}
      {!result && !isRunning && !error && <EmptyState title={t('books.empty')} text={t('books.emptyText')} />}
      {result && !isRunning && <Result report={result} at={new Date(dataUpdatedAt).toISOString()} />}
    </ConsolePage>
  );
}

function Result({ report: { balanced, violations, notices, checked }, at }: { report: Report; at: string }) {
  const { t } = useTranslation('console');
  return (
    <>
      {balanced ? (
        <Notice tone="good">{t('books.balanced')}</Notice>
      ) : (
        <Notice>
          <p>{t('books.violations', { count: violations.length })}</p>
          <p>{t('books.violationsText')}</p>
        </Notice>
      )}
      <Checked checked={checked} title={t('books.checkedAt', { at: formatInstant(at) })} />
      <Findings findings={violations} />
      {notices.length > 0 && (
        <section className={styles['section']}>
          <h2>{t('books.notices')}</h2>
          <p className={styles['soft']}>{t('books.noticesText')}</p>
          <Findings findings={notices} />
        </section>
      )}
    </>
  );
}
