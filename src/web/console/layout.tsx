import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { useIsOnline } from '../api/hooks.ts';
import { signOut } from '../api/session.ts';
import { setDairyFormats } from '../ui/format.ts';
import { Loaded, Rows } from '../ui/states.tsx';
import styles from './layout.module.css';
import { useDairy } from './queries.ts';

const LINKS = [
  { to: '/', label: 'nav.today', end: true },
  { to: '/tomorrow', label: 'nav.tomorrow' },
  { to: '/orders', label: 'nav.orders' },
  { to: '/deliveries', label: 'nav.deliveries' },
  { to: '/products', label: 'nav.products' },
  { to: '/customers', label: 'nav.customers' },
  { to: '/couriers', label: 'nav.couriers' },
  { to: '/reports', label: 'nav.reports' },
  { to: '/books', label: 'nav.books' },
  { to: '/operations', label: 'nav.operations' },
  { to: '/settings', label: 'nav.settings' },
  { to: '/account', label: 'nav.account' },
] as const;

export function Layout({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['console', 'translation']);
  const dairy = useDairy();
  const isOnline = useIsOnline();
  const name = dairy.data?.name ?? 'Milkround';
  // Every amount and date on a page needs these.
  if (dairy.data) setDairyFormats(dairy.data);
  useEffect(() => {
    document.title = `${name} · ${t('title')}`;
  }, [name, t]);
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#main">
        {t('translation:nav.skip')}
      </a>
      <header className={styles['side']}>
        <Link to="/" className={styles['brand']}>
          <img src="/shop/icon.svg" alt="" width={28} height={28} />
          <span>{name}</span>
        </Link>
        <nav className={styles['nav']} aria-label={t('translation:nav.main')}>
          {LINKS.map(({ to, label, ...rest }) => (
            <NavLink key={to} to={to} className={styles['link']} {...rest}>
              {t(label)}
            </NavLink>
          ))}
        </nav>
        <button type="button" className={styles['signOut']} onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </header>
      <main id="main" className={styles['main']} tabIndex={-1}>
        <div role="status" className={styles['offline']}>
          {isOnline ? null : t('translation:common.offline')}
        </div>
        <Loaded query={dairy} rows={<Rows count={5} />}>
          {() => children}
        </Loaded>
      </main>
    </div>
  );
}
