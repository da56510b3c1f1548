import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useIsOnline } from '../../api/hooks.ts';
import { ApiError } from '../../api/problem.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import { useRound } from '../round-context.tsx';
import { ClockIcon, CloudOffIcon } from './icons.tsx';
import styles from './sync-chip.module.css';

/** Whether the dairy has all reports. Leads to the list of those that wait. */
export function SyncChip() {
  const { t } = useTranslation('round');
  const { waiting, sync } = useRound();
  const isOnline = useIsOnline();
  const count = waiting.length;
  const isOffline = !isOnline || (sync.error instanceof ApiError && sync.error.status === 0);
  const isCutOff = isOffline || sync.error !== undefined;
  const text = isOffline
    ? count > 0
      ? t('sync.offlineWaiting', { count })
      : t('sync.offline')
    : count > 0
      ? t('sync.waiting', { count })
      : isCutOff
        ? t('sync.unreachable')
        : t('sync.allSent');
  const Icon = isCutOff ? CloudOffIcon : count > 0 ? ClockIcon : CheckIcon;
  const tone = isCutOff || count > 0 ? 'warn' : 'good';
  return (
    <Link to="/more" className={`${styles['chip']} ${styles[tone]}`}>
      <Icon size={20} />
      <span role="status">{text}</span>
    </Link>
  );
}
