import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import other from '../../images/other.svg';
import { formatInstant, money } from '../../ui/format.ts';
import { NextIcon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/order-status.tsx';
import { type Order, useOrderPages } from '../../api/customer-queries.ts';
import styles from './orders.module.css';

export default function OrdersPage() {
  const { t } = useTranslation();
  const orders = useOrderPages();
  return (
    <Page title={t('orders.title')}>
      <Loaded query={orders}>
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          return all.length === 0 ? <NoOrders /> : <List orders={all} />;
        }}
      </Loaded>
      {orders.hasNextPage && (
        <Button variant="subtle" loading={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>
          {t('common.showMore')}
        </Button>
      )}
    </Page>
  );
}

function NoOrders() {
  const { t } = useTranslation();
  const action = (
    <Button component={Link} to="/">
      {t('cart.browse')}
    </Button>
  );
  return <EmptyState image={other} title={t('orders.empty')} text={t('orders.emptyText')} action={action} />;
}

function List({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles['list']}>
      {orders.map((order) => (
        <li key={order.orderId}>
          <Link to={`/orders/${order.orderId}`} className={styles['order']}>
            <span className={styles['main']}>
              <b>{formatInstant(order.deliverySlot)}</b>
              <span>{order.items.map(({ qty, name }) => `${qty} × ${name}`).join(', ')}</span>
              <span className={styles['meta']}>
                <StatusBadge order={order} />
                {order.subscriptionId && <span>{t('orders.daily')}</span>}
              </span>
            </span>
            <span className={styles['amount']}>{money(order.amount)}</span>
            <NextIcon size={20} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
