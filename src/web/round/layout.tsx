import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { formatDate, setDairyFormats } from '../ui/format.ts';
import { OrdersIcon, PersonIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/states.tsx';
import styles from './layout.module.css';
import { ChangesNotice } from './parts/changes-notice.tsx';
import { ListIcon, PinIcon } from './parts/icons.tsx';
import { RefusedNotice } from './parts/refused-notice.tsx';
import { SyncChip } from './parts/sync-chip.tsx';
import { useRound } from './round-context.tsx';
import { isOldRound } from './view/is-old-round.ts';

const LINKS = [
  { to: '/', label: 'nav.next', Icon: PinIcon, end: true },
  { to: '/stops', label: 'nav.stops', Icon: ListIcon },
  { to: '/totals', label: 'nav.totals', Icon: OrdersIcon },
  { to: '/more', label: 'nav.more', Icon: PersonIcon },
] as const;

export function Layout({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['round', 'translation']);
  const { round, report } = useRound();
  const { dairy, manifest } = round;
  // Every amount and date on a page needs these.
  setDairyFormats(dairy);
  useEffect(() => {
    document.title = `${dairy.name} · ${t('title')}`;
  }, [dairy.name, t]);
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#main">
        {t('translation:nav.skip')}
      </a>
      <header className={styles['header']}>
        <div>
          <b>{formatDate(manifest.date, { weekday: 'short', day: 'numeric', month: 'short' })}</b>
          {manifest.number !== undefined && <span>{t('changes.sheet', { number: manifest.number })}</span>}
        </div>
        <SyncChip />
      </header>
      <main id="main" className={styles['main']} tabIndex={-1}>
        {isOldRound(round) && <Notice tone="info">{t('sync.notToday', { date: formatDate(manifest.date) })}</Notice>}
        <RefusedNotice />
        <ChangesNotice />
        {report.isError && <Notice>{t('action.notStored')}</Notice>}
        {children}
      </main>
      <nav className={styles['nav']} aria-label={t('translation:nav.main')}>
        {LINKS.map(({ to, label, Icon, ...rest }) => (
          <NavLink key={to} to={to} className={styles['link']} {...rest}>
            <Icon size={24} />
            <span>{t(label)}</span>
          </NavLink>
        ))}
      </nav>
    </div>
  );
}
