import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { useIsOnline, useSessionStatus } from '../api/hooks.ts';
import { setDairyFormats } from '../ui/format.ts';
import { CalendarIcon, CartIcon, OrdersIcon, PersonIcon, ShopIcon, WalletIcon } from '../ui/icons.tsx';
import { Loaded, Rows } from '../ui/states.tsx';
import { useDairy } from '../api/queries.ts';
import { useCart } from './queries.ts';
import styles from './layout.module.css';

const LINKS = [
  { to: '/', label: 'nav.shop', Icon: ShopIcon, end: true },
  { to: '/calendar', label: 'nav.calendar', Icon: CalendarIcon, end: false },
  { to: '/orders', label: 'nav.orders', Icon: OrdersIcon, end: false },
  { to: '/wallet', label: 'nav.wallet', Icon: WalletIcon, end: false },
  { to: '/account', label: 'nav.account', Icon: PersonIcon, end: false },
] as const;

export function Layout({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const dairy = useDairy();
  const name = dairy.data?.name ?? 'Milkround';
  // Every price and date on a page needs these.
  if (dairy.data) setDairyFormats(dairy.data);
  useEffect(() => {
    document.title = name;
  }, [name]);
  return (
    <>
      <a className={styles['skip']} href="#main">
        {t('nav.skip')}
      </a>
      <Offline />
      <header className={styles['header']}>
        <div className={styles['bar']}>
          <Link to="/" className={styles['brand']}>
            <img src="/shop/icon.svg" alt="" width={32} height={32} />
            <span>{name}</span>
          </Link>
          <nav className={styles['nav']} aria-label={t('nav.main')}>
            {LINKS.map(({ to, label, Icon, end }) => (
              <NavLink key={to} to={to} end={end} className={styles['link']}>
                <Icon />
                <span>{t(label)}</span>
              </NavLink>
            ))}
          </nav>
          <CartLink />
        </div>
      </header>
      <main id="main" className={styles['main']} tabIndex={-1}>
        <Loaded query={dairy} rows={<Rows count={5} />}>
          {() => children}
        </Loaded>
      </main>
    </>
  );
}

function CartLink() {
  const { t } = useTranslation();
  const status = useSessionStatus();
  const { pathname } = useLocation();
  const { data } = useCart();
  const count = data?.items.reduce((sum, { qty }) => sum + qty, 0) ?? 0;
  if (status === 'signed-out') {
    return (
      <Link className={styles['signIn']} to={`/sign-in?next=${encodeURIComponent(pathname)}`}>
        {t('signIn.action')}
      </Link>
    );
  }
  return (
    <Link to="/cart" className={styles['cart']} aria-label={t('cart.link', { count })}>
      <CartIcon />
      {count > 0 && <span className={styles['count']}>{count}</span>}
    </Link>
  );
}

function Offline() {
  const { t } = useTranslation();
  return (
    <div role="status" className={styles['offline']}>
      {useIsOnline() ? null : t('common.offline')}
    </div>
  );
}
