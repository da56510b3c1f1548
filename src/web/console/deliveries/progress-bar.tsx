import { useTranslation } from 'react-i18next';
import type { Progress } from './queries.ts';
import styles from './deliveries.module.css';

/** How many deliveries of a courier are done. */
export function ProgressBar({ name, progress: { total, delivered, failed } }: { name: string; progress: Progress }) {
  const { t } = useTranslation('console');
  if (total === 0) return <span className={styles['none']}>{t('deliveries.none')}</span>;
  return (
    <span className={styles['progress']}>
      <progress aria-label={name} value={delivered + failed} max={total} />
      <span>
        {t('deliveries.done', { done: delivered + failed, total })}
        {failed > 0 && <b className={styles['failed']}> {t('deliveries.failed', { count: failed })}</b>}
      </span>
    </span>
  );
}
