import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/format.ts';
import { Notice } from '../../ui/states.tsx';
import type { Run } from '../day-queries.ts';
import { ProgressBar } from '../ui/figures/progress.tsx';
import styles from './tomorrow.module.css';

/** How far a run is, or when it ended. */
export function RunProgress({ run: { status, progress, completedAt } }: { run: Run }) {
  const { t } = useTranslation('console');
  if (status === 'RUNNING') {
    const { done, total } = progress ?? { done: 0, total: 0 };
    return (
      <div role="status" className={styles['running']}>
        <p>{t('run.running')}</p>
        <ProgressBar label={t('run.progress')} done={done} total={total} />
      </div>
    );
  }
  return (
    <>
      {completedAt && <p role="status">{t('run.completed', { at: formatInstant(completedAt) })}</p>}
      {status === 'FAILED' && <Notice>{t('run.failed')}</Notice>}
    </>
  );
}
