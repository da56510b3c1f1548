import { useTranslation } from 'react-i18next';
import type { Progress } from '../../api/jobs.ts';
import { Rows } from '../../ui/states.tsx';
import { ProgressBar } from './figures/progress.tsx';

/** Until a result is there: rows, with the progress of the background job if there is one. */
export function JobLoading({ progress, rows = 4 }: { progress: Progress | undefined; rows?: number }) {
  const { t } = useTranslation('console');
  return (
    <>
      {progress && (
        <div role="status">
          <p>{t('job.running')}</p>
          <ProgressBar label={t('job.progress')} {...progress} />
        </div>
      )}
      <Rows count={rows} height={48} />
    </>
  );
}
