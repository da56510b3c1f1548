import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import milk from '../../images/milk.svg';
import { formatDate, formatTime } from '../../ui/format.ts';
import { NextIcon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { describePattern } from '../../ui/subscription/pattern.ts';
import { SubscriptionBadge } from '../../ui/subscription/subscription-badge.tsx';
import { type Subscription, useSubscriptions } from '../../api/customer-queries.ts';
import { type Product, useProductNames } from '../../api/queries.ts';
import styles from './orders.module.css';

export default function SubscriptionsPage() {
  const { t } = useTranslation();
  const subscriptions = useSubscriptions();
  return (
    <Page title={t('subscriptions.title')} back={{ to: '/calendar', label: t('nav.calendar') }}>
      <Loaded query={subscriptions}>
        {(all) => (all.length === 0 ? <NoSubscriptions /> : <List subscriptions={all} />)}
      </Loaded>
    </Page>
  );
}

export function NoSubscriptions() {
  const { t } = useTranslation();
  const action = (
    <Button component={Link} to="/?category=Milk">
      {t('subscriptions.start')}
    </Button>
  );
  return (
    <EmptyState image={milk} title={t('subscriptions.empty')} text={t('subscriptions.emptyText')} action={action} />
  );
}

function List({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const names = useProductNames(subscriptions.flatMap(({ items }) => items.map(({ productId }) => productId)));
  return (
    <ul className={styles['list']}>
      {subscriptions.map((subscription) => (
        <li key={subscription.subscriptionId}>
          <Row subscription={subscription} names={names} />
        </li>
      ))}
    </ul>
  );
}

function Row({ subscription, names }: { subscription: Subscription; names: ReadonlyMap<string, Product> }) {
  const { t } = useTranslation();
  const { subscriptionId, items, frequency, deliverySlot, nextDeliveryDate } = subscription;
  return (
    <Link to={`/subscriptions/${subscriptionId}`} className={styles['order']}>
      <span className={styles['main']}>
        <b>{items.map(({ productId, qty }) => `${qty} × ${names.get(productId)?.name ?? '…'}`).join(', ')}</b>
        <span>
          {describePattern(frequency, t)}, {formatTime(deliverySlot)}
        </span>
        <span className={styles['meta']}>
          <SubscriptionBadge subscription={subscription} />
          {nextDeliveryDate && <span>{t('subscriptions.next', { date: formatDate(nextDeliveryDate) })}</span>}
        </span>
      </span>
      <NextIcon size={20} />
    </Link>
  );
}
