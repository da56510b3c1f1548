import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { Choice } from '../../ui/choice.tsx';
import { formatInstant, money } from '../../ui/format.ts';
import { Card, Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError, Loaded, Notice, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { OrderLines } from '../../ui/order-lines.tsx';
import { StatusBadge } from '../../ui/order-status.tsx';
import { type TestToken, TestTokenSelect, useHasTestPayments } from '../fields/payment-choice.tsx';
import { type Order, useWallet } from '../../api/customer-queries.ts';
import { useOrder } from '../queries.ts';
import { useDelivery } from '../use-delivery.ts';
import { Timeline } from '../timeline.tsx';
import styles from '../../ui/page.module.css';

type Method = Schemas['PayRequest']['paymentMethod'];

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
      {isUnpaid && <Pay order={order} />}
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

function Pay({ order: { orderId, amount, payBy, payment } }: { order: Order }) {
  const { t } = useTranslation();
  const hasTestPayments = useHasTestPayments();
  const balance = useWallet().data?.balance ?? 0;
  const [method, setMethod] = useState<Method>(hasTestPayments ? 'UPI' : 'COD');
  const [token, setToken] = useState<TestToken>('tok_ok');
  const { mutate, isPending, data, error } = useAction(
    (paymentMethod: Method, header) => {
      const paymentToken = paymentMethod === 'CARD' || paymentMethod === 'UPI' ? token : undefined;
      return bodyOf(
        api.POST('/payment/pay', { body: { orderId, amount, paymentMethod, paymentToken }, params: { header } }),
      );
    },
    { changes: ['order', 'orders', 'wallet', 'ledger'] },
  );
  const wasDeclined = data?.status === 'FAILED' || (payment?.status === 'FAILED' && !isPending);
  const options: { value: Method; label: string; hint?: string; disabled?: boolean }[] = [
    ...(hasTestPayments
      ? [
          { value: 'UPI' as const, label: t('payment.UPI') },
          { value: 'CARD' as const, label: t('payment.CARD') },
        ]
      : []),
    {
      value: 'WALLET',
      label: t('payment.WALLET'),
      hint: t('checkout.balance', { balance: money(balance) }),
      disabled: balance < amount,
    },
    { value: 'COD', label: t('payment.COD') },
  ];
  return (
    <Card title={t('order.pay')}>
      {wasDeclined ? (
        <Notice>{t('order.declined')}</Notice>
      ) : (
        payBy && <Notice tone="info">{t('order.payBy', { time: formatInstant(payBy) })}</Notice>
      )}
      <Choice label={t('checkout.method')} layout="pairs" value={method} onChange={setMethod} options={options} />
      {(method === 'CARD' || method === 'UPI') && <TestTokenSelect value={token} onChange={setToken} />}
      <ActionError error={error} />
      <Button size="md" loading={isPending} onClick={() => mutate(method)}>
        {t('order.payAction', { amount: money(amount) })}
      </Button>
    </Card>
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
