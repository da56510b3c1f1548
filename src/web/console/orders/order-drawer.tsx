import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatInstant, money } from '../../ui/format.ts';
import { OrderLines } from '../../ui/order-lines.tsx';
import { StatusBadge } from '../../ui/order-status.tsx';
import page from '../../ui/page.module.css';
import { Sheet } from '../../ui/sheet.tsx';
import { Loaded, Rows } from '../../ui/states.tsx';
import { customerPath } from '../links.ts';
import { useCourierName, useCustomer } from '../people.ts';
import { OrderActions } from './order-actions.tsx';
import styles from './order-drawer.module.css';
import { OrderMessages } from './order-messages.tsx';
import { OrderPayment } from './order-payment.tsx';
import { OrderStory } from './order-story.tsx';
import { type Order, useOrder } from './queries.ts';
import { useOpenOrder } from './use-open-order.ts';

/** The whole story of the order that the URL names. */
export function OrderDrawer() {
  const { orderId, close } = useOpenOrder();
  return orderId === undefined ? null : <Drawer key={orderId} orderId={orderId} onClose={close} />;
}

function Drawer({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const { t } = useTranslation(['console', 'translation']);
  const order = useOrder(orderId);
  const title = order.data ? t('translation:order.title', { number: order.data.orderNumber }) : t('nav.orders');
  return (
    <Sheet title={title} position="side" onClose={onClose}>
      <Loaded query={order} rows={<Rows count={4} height={110} />}>
        {(found) => <Story order={found} />}
      </Loaded>
    </Sheet>
  );
}

function Story({ order }: { order: Order }) {
  const { t } = useTranslation(['console', 'translation']);
  const courierName = useCourierName();
  const { deliverySlot, address, items, missing, amount, subscriptionId, delivery } = order;
  return (
    <div className={styles['story']}>
      <p className={styles['facts']}>
        <StatusBadge order={order} />
        <span>{formatInstant(deliverySlot)}</span>
        {delivery && (
          <span>
            {t('orders.courier')}: {courierName(delivery.courierId)}
          </span>
        )}
        {subscriptionId && <span className={page['soft']}>{t('translation:orders.daily')}</span>}
      </p>
      <OrderActions order={order} />
      <section>
        <h3>{t('order.customer')}</h3>
        <Customer userId={order.userId} />
        <p>{address}</p>
      </section>
      <section>
        <h3>{t('order.items')}</h3>
        <OrderLines items={items} missing={missing} />
        <p className={`${page['row']} ${page['total']}`}>
          <span>{t('translation:common.total')}</span>
          <span className={page['amount']}>{money(amount)}</span>
        </p>
      </section>
      <OrderPayment order={order} />
      <OrderStory order={order} />
      <OrderMessages order={order} />
    </div>
  );
}

function Customer({ userId }: { userId: string }) {
  const { t } = useTranslation('console');
  const customer = useCustomer(userId);
  // An account that is gone must not hide the order.
  if (customer.error) return <p className={page['soft']}>{t('order.noCustomer')}</p>;
  if (!customer.data) return <Rows count={1} height={48} />;
  const { name, email, phone } = customer.data;
  return (
    <p>
      <Link to={customerPath(userId)}>{name}</Link>
      <br />
      <span className={page['soft']}>
        {phone && (
          <>
            <a href={`tel:${phone}`}>{phone}</a> ·{' '}
          </>
        )}
        <a href={`mailto:${email}`}>{email}</a>
      </span>
    </p>
  );
}
