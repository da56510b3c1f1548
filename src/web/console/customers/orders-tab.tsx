import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Order, useOrderPages } from '../../api/customer-queries.ts';
import { formatInstant, money } from '../../ui/format.ts';
import { StatusBadge } from '../../ui/order-status.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import styles from './customers.module.css';

const pathOf = ({ orderId }: Order) => `/orders?order=${orderId}`;

export function OrdersTab({ userId }: { userId: string }) {
  const { t } = useTranslation(['console', 'translation']);
  const orders = useOrderPages(userId);
  const columns: Column<Order>[] = [
    {
      key: 'number',
      label: t('customerOrders.number'),
      render: (order) => <Link to={pathOf(order)}>{order.orderNumber}</Link>,
    },
    {
      key: 'slot',
      label: t('customerOrders.slot'),
      render: ({ deliverySlot }) => formatInstant(deliverySlot),
      sortBy: ({ deliverySlot }) => deliverySlot,
    },
    {
      key: 'items',
      label: t('subscriptions.items'),
      render: ({ items }) => (
        <span className={styles['wrap']}>{items.map(({ qty, name }) => `${qty} × ${name}`).join(', ')}</span>
      ),
    },
    {
      key: 'kind',
      label: t('customerOrders.kind'),
      render: ({ subscriptionId }) => (subscriptionId ? t('translation:orders.daily') : t('customerOrders.single')),
    },
    { key: 'status', label: t('customers.status'), render: (order) => <StatusBadge order={order} /> },
    {
      key: 'amount',
      label: t('wallet.amount'),
      align: 'end',
      render: ({ amount }) => money(amount),
      sortBy: ({ amount }) => amount,
    },
  ];
  return (
    <>
      <Loaded query={orders}>
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          if (all.length === 0 && !orders.hasNextPage) return <EmptyState title={t('translation:orders.empty')} />;
          return (
            <DataTable label={t('customer.orders')} columns={columns} rows={all} rowKey={({ orderId }) => orderId} />
          );
        }}
      </Loaded>
      <MoreButton pages={orders} />
    </>
  );
}
