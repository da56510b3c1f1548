import { useTranslation } from 'react-i18next';
import type { DayFigures } from './queries.ts';
import styles from './reports.module.css';

const REASONS = [
  'CUSTOMER_UNAVAILABLE',
  'ADDRESS_NOT_FOUND',
  'REFUSED',
  'DAMAGED',
  'SPOILED',
  'VEHICLE',
  'OTHER',
] as const;

/** Why deliveries failed, most frequent first. */
export function FailureReasons({ days }: { days: readonly DayFigures[] }) {
  const { t } = useTranslation('console');
  const counts = REASONS.map((reason) => ({
    reason,
    count: days.reduce((sum, { failedReasons }) => sum + (failedReasons[reason] ?? 0), 0),
  }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
  if (counts.length === 0) return null;
  return (
    <p className={styles['soft']}>
      {t('reports.failures')}{' '}
      {counts.map(({ reason, count }) => `${t(`reports.reason.${reason}`)} (${count})`).join(', ')}
    </p>
  );
}
