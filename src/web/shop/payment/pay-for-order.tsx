import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { formatInstant, money } from '../../ui/format.ts';
import { Card } from '../../ui/page.tsx';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import type { Order } from '../../api/customer-queries.ts';
import { PaymentMethodField } from './payment-method-field.tsx';
import { type Method, usePaymentMethod } from './use-payment-method.ts';

/** Pays an order that is not paid yet, or whose payment failed. */
export function PayForOrder({ order: { orderId, amount, payBy, payment: last } }: { order: Order }) {
  const { t } = useTranslation();
  const payment = usePaymentMethod();
  const { mutateAsync, isPending, data, error } = useAction(
    async (chosen: { paymentMethod: Method; paymentToken: string | undefined }, header) => {
      const body = { orderId, amount, ...chosen };
      const started = await bodyOf(api.POST('/payment/pay', { body, params: { header } }));
      await payment.confirm(started);
      return started;
    },
    { changes: ['order', 'orders', 'wallet', 'ledger'] },
  );
  const wasDeclined = data?.status === 'FAILED' || (last?.status === 'FAILED' && !isPending);
  return (
    <Card title={t('order.pay')}>
      {wasDeclined ? (
        <Notice>{t('order.declined')}</Notice>
      ) : (
        payBy && <Notice tone="info">{t('order.payBy', { time: formatInstant(payBy) })}</Notice>
      )}
      <PaymentMethodField state={payment} amount={amount} />
      <ActionError error={error} />
      <Button
        size="md"
        loading={isPending || payment.isCollecting}
        onClick={() =>
          void payment.withToken((paymentToken) => mutateAsync({ paymentMethod: payment.method, paymentToken }))
        }
      >
        {t('order.payAction', { amount: money(amount) })}
      </Button>
    </Card>
  );
}
