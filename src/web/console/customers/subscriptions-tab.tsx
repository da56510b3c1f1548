import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Subscription, useSubscriptions } from '../../api/customer-queries.ts';
import { useProductNames } from '../../api/queries.ts';
import { Calendar } from '../../ui/calendar/calendar.tsx';
import { formatDate, formatTime } from '../../ui/format.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { describePattern } from '../../ui/subscription/pattern.ts';
import { SubscriptionBadge } from '../../ui/subscription/subscription-badge.tsx';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import styles from './customers.module.css';

/** The subscriptions of a customer, and the calendar of their deliveries. */
export function SubscriptionsTab({ userId }: { userId: string }) {
  const { t } = useTranslation('console');
  const add = (
    <Button component={Link} to={`/customers/${userId}/subscriptions/new`}>
      {t('subscriptions.add')}
    </Button>
  );
  return (
    <Loaded query={useSubscriptions(userId)}>
      {(all) =>
        all.length === 0 ? (
          <EmptyState title={t('subscriptions.empty')} text={t('subscriptions.emptyText')} action={add} />
        ) : (
          <>
            <List userId={userId} subscriptions={all} />
            <div>{add}</div>
            <CustomerCalendar userId={userId} subscriptions={all} />
          </>
        )
      }
    </Loaded>
  );
}

interface SubscriptionsProps {
  readonly userId: string;
  readonly subscriptions: readonly Subscription[];
}

function List({ userId, subscriptions }: SubscriptionsProps) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const names = useProductNames(subscriptions.flatMap(({ items }) => items.map(({ productId }) => productId)));
  const pathOf = ({ subscriptionId }: Subscription) => `/customers/${userId}/subscriptions/${subscriptionId}`;
  const describe = ({ items }: Subscription) =>
    items.map(({ productId, qty }) => `${qty} × ${names.get(productId)?.name ?? '…'}`).join(', ');
  const columns: Column<Subscription>[] = [
    {
      key: 'items',
      label: t('subscriptions.items'),
      render: (subscription) => (
        <Link to={pathOf(subscription)} className={styles['wrap']}>
          {describe(subscription)}
        </Link>
      ),
    },
    {
      key: 'pattern',
      label: t('subscriptions.pattern'),
      render: ({ frequency, deliverySlot }) => `${describePattern(frequency, shared)}, ${formatTime(deliverySlot)}`,
    },
    {
      key: 'payment',
      label: t('subscriptions.payment'),
      render: ({ paymentMethod }) => shared(`payment.${paymentMethod}`),
    },
    {
      key: 'next',
      label: t('subscriptions.next'),
      render: ({ nextDeliveryDate }) =>
        nextDeliveryDate ? formatDate(nextDeliveryDate, { weekday: 'short', day: 'numeric', month: 'short' }) : '–',
    },
    {
      key: 'status',
      label: t('customers.status'),
      render: (subscription) => <SubscriptionBadge subscription={subscription} />,
    },
  ];
  return (
    <DataTable
      label={t('customer.subscriptions')}
      columns={columns}
      rows={subscriptions}
      rowKey={({ subscriptionId }) => subscriptionId}
    />
  );
}

function CustomerCalendar({ userId, subscriptions }: SubscriptionsProps) {
  const { t } = useTranslation(['console', 'translation']);
  const links = {
    wallet: { to: `/customers/${userId}/wallet`, label: t('customer.wallet') },
    order: (orderId: string) => `/orders?order=${orderId}`,
  };
  return (
    <section className={styles['calendar']}>
      <h2>{t('translation:nav.calendar')}</h2>
      <Calendar subscriptions={subscriptions} links={links} />
    </section>
  );
}
