import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { formatInstant, money } from '../../ui/format.ts';
import { Card, Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError, Loaded, Notice, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { OrderLines } from '../../ui/order-lines.tsx';
import { StatusBadge } from '../../ui/order-status.tsx';
import { PayForOrder } from '../payment/pay-for-order.tsx';
import type { Method } from '../payment/use-payment-method.ts';
import type { Order } from '../../api/customer-queries.ts';
import { useOrder } from '../queries.ts';
import { useDelivery } from '../use-delivery.ts';
import { Timeline } from '../timeline.tsx';
import styles from '../../ui/page.module.css';

export default function OrderPage() {
  const { t } = useTranslation();
  const { orderId = '' } = useParams();
  const order = useOrder(orderId);
  const title = order.data ? t('order.title', { number: order.data.orderNumber }) : t('orders.title');
  return (
    <Page
      title={title}
      back={{ to: '/orders', label: t('orders.title') }}
      action={order.data && <StatusBadge order={order.data} />}
    >
      <Loaded query={order} rows={<Rows count={3} height={140} />}>
        {(found) => <Details order={found} />}
      </Loaded>
    </Page>
  );
}

function Details({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { items, amount, address, deliverySlot, missing, payment, status } = order;
  const delivery = useDelivery(order.delivery?.deliveryId);
  const isUnpaid = status === 'CREATED' && payment?.status !== 'PENDING';
  return (
    <>
      {isUnpaid && <PayForOrder order={order} />}
      {status === 'CREATED' && payment?.status === 'PENDING' && (
        <Notice tone="info">{t('order.paymentPending')}</Notice>
      )}
      <Card title={t('order.arrives', { when: formatInstant(deliverySlot) })}>
        <p className={styles['soft']}>{address}</p>
        <Timeline order={order} delivery={delivery} />
      </Card>
      <Card title={t('order.items')}>
        <OrderLines items={items} missing={missing} />
        <p className={`${styles['row']} ${styles['total']}`}>
          <span>{t('common.total')}</span>
          <span className={styles['amount']}>{money(amount)}</span>
        </p>
        {payment && (
          <p className={`${styles['row']} ${styles['soft']}`}>
            <span>{t(`payment.${payment.method as Method}`)}</span>
            <span>{t(`paymentStatus.${payment.status as Schemas['PaymentResponse']['status']}`)}</span>
          </p>
        )}
      </Card>
      {(status === 'CREATED' || status === 'CONFIRMED') && <Cancel order={order} />}
    </>
  );
}

function Cancel({ order: { orderId, orderNumber } }: { order: Order }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { mutate, isPending, error, reset } = useAction(
    (_: undefined, header) => bodyOf(api.POST('/order/cancel', { body: { orderId }, params: { header } })),
    { changes: ['order', 'orders', 'wallet', 'ledger', 'subscriptions'], onSuccess: () => setAsking(false) },
  );
  const close = () => {
    reset();
    setAsking(false);
  };
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('order.cancel')}
      </Button>
      {isAsking && (
        <Sheet title={t('order.cancelTitle', { number: orderNumber })} onClose={close}>
          <p>{t('order.cancelText')}</p>
          <ActionError
            error={error}
            onReload={() => void queries.invalidateQueries({ queryKey: ['order'] }).then(close)}
          />
          <div className={styles['actions']}>
            <Button color="red" loading={isPending} onClick={() => mutate(undefined)}>
              {t('order.cancel')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('order.keep')}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}
