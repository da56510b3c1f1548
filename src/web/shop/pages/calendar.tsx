import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSubscriptions } from '../../api/customer-queries.ts';
import { Calendar } from '../../ui/calendar/calendar.tsx';
import { Page } from '../../ui/page.tsx';
import { Loaded, Rows } from '../../ui/states.tsx';
import { NoSubscriptions } from './subscriptions.tsx';

export default function CalendarPage() {
  const { t } = useTranslation();
  const subscriptions = useSubscriptions();
  const links = {
    wallet: { to: '/wallet', label: t('wallet.topUp') },
    order: (orderId: string) => `/orders/${orderId}`,
  };
  return (
    <Page title={t('calendar.title')} action={<Link to="/subscriptions">{t('subscriptions.title')}</Link>}>
      <Loaded query={subscriptions} rows={<Rows count={1} height={420} />}>
        {(all) => (all.length === 0 ? <NoSubscriptions /> : <Calendar subscriptions={all} links={links} />)}
      </Loaded>
    </Page>
  );
}
