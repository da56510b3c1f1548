import { useTranslation } from 'react-i18next';
import { Link, NavLink, Route, Routes, useParams } from 'react-router';
import { BackIcon } from '../../ui/icons.tsx';
import { Loaded, Rows } from '../../ui/states.tsx';
import { InvoicesTab } from '../customers/invoices-tab.tsx';
import { NewSubscription } from '../customers/new-subscription.tsx';
import { OrdersTab } from '../customers/orders-tab.tsx';
import { ProfileTab } from '../customers/profile-tab.tsx';
import { type User, useUser } from '../customers/queries.ts';
import { SubscriptionDetails } from '../customers/subscription-details.tsx';
import { SubscriptionsTab } from '../customers/subscriptions-tab.tsx';
import { UserBadges } from '../customers/user-badges.tsx';
import { WalletTab } from '../customers/wallet-tab.tsx';
import { ConsolePage } from '../ui/page.tsx';
import styles from '../customers/customers.module.css';
import NotFoundPage from './not-found.tsx';

const TABS = [
  { path: '', label: 'customer.profile' },
  { path: '/wallet', label: 'customer.wallet' },
  { path: '/subscriptions', label: 'customer.subscriptions' },
  { path: '/orders', label: 'customer.orders' },
  { path: '/invoices', label: 'customer.invoices' },
] as const;

/** All about one customer, in tabs with addresses of their own. */
export default function CustomerPage() {
  const { t } = useTranslation('console');
  const { userId = '' } = useParams();
  const user = useUser(userId);
  return (
    <>
      <Link to="/customers" className={styles['back']}>
        <BackIcon size={20} />
        {t('nav.customers')}
      </Link>
      <Loaded query={user} rows={<Rows count={4} />}>
        {(found) => <Customer key={userId} user={found} />}
      </Loaded>
    </>
  );
}

function Customer({ user }: { user: User }) {
  const { t } = useTranslation('console');
  const { userId, name, email, phone } = user;
  return (
    <ConsolePage title={name} tools={<UserBadges user={user} />} text={[email, phone].filter(Boolean).join(' · ')}>
      <nav className={styles['tabs']} aria-label={name}>
        {TABS.map(({ path, label }) => (
          <NavLink key={path} to={`/customers/${userId}${path}`} end={path === ''}>
            {t(label)}
          </NavLink>
        ))}
      </nav>
      <Routes>
        <Route index element={<ProfileTab user={user} />} />
        <Route path="wallet" element={<WalletTab userId={userId} />} />
        <Route path="subscriptions" element={<SubscriptionsTab userId={userId} />} />
        <Route path="subscriptions/new" element={<NewSubscription user={user} />} />
        <Route path="subscriptions/:subscriptionId" element={<SubscriptionDetails userId={userId} />} />
        <Route path="orders" element={<OrdersTab userId={userId} />} />
        <Route path="invoices" element={<InvoicesTab userId={userId} />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </ConsolePage>
  );
}
