import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { Choice } from '../../ui/forms/choice.tsx';
import { formatDate, formatTime, money } from '../../ui/format.ts';
import { Card, Page } from '../../ui/page.tsx';
import { ActionError, Loaded, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { AddressField } from '../fields/address-field.tsx';
import { PaymentMethodField } from '../payment/payment-method-field.tsx';
import { usePaymentMethod } from '../payment/use-payment-method.ts';
import { useProfile } from '../../api/queries.ts';
import { useCart } from '../queries.ts';
import { orderSlots } from '../../ui/slots.ts';
import styles from '../../ui/page.module.css';

export default function CheckoutPage() {
  const { t } = useTranslation();
  const cart = useCart();
  const profile = useProfile();
  return (
    <Page title={t('checkout.title')} back={{ to: '/cart', label: t('cart.title') }}>
      <Loaded query={cart} rows={<Rows count={3} height={140} />}>
        {(found) => (
          <Loaded query={profile} rows={<Rows count={3} height={140} />}>
            {({ address }) => <Form cart={found} profileAddress={address ?? ''} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Form({ cart, profileAddress }: { cart: Schemas['CartResponse']; profileAddress: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const slots = useMemo(() => orderSlots(), []);
  const dates = [...new Set(slots.map(({ date }) => date))];
  const [date, setDate] = useState(dates[0] ?? '');
  const times = slots.filter((slot) => slot.date === date);
  const [time, setTime] = useState(times[0]?.time ?? '');
  const [address, setAddress] = useState(profileAddress);
  const payment = usePaymentMethod();
  // Not a value of the action: the same order sent again must have the same idempotency key.
  const token = useRef<string>(undefined);
  const slot = times.find((one) => one.time === time) ?? times[0];
  const { totalAmount } = cart;

  const { mutateAsync, isPending, isSuccess, error } = useAction(
    (deliverySlot: string, headers) => {
      const body = { totalAmount, deliverySlot, address: address.trim() };
      return bodyOf(api.POST('/order/create', { body, params: { header: headers } }));
    },
    {
      changes: ['cart', 'orders', 'catalogue', 'products'],
      onSuccess: async (order) => {
        await payFor(order);
        await queries.invalidateQueries({ queryKey: ['wallet'] });
        await navigate(`/orders/${order.orderId}`, { replace: true });
      },
    },
  );
  // If the payment is refused, the order page says so and offers to pay again.
  const payFor = async ({ orderId, amount }: Schemas['OrderResponse']) => {
    const body = { orderId, amount, paymentMethod: payment.method, paymentToken: token.current };
    const params = { header: { 'Idempotency-Key': `pay-${orderId}` } };
    await api
      .POST('/payment/pay', { body, params })
      .then(({ data }) => payment.confirm(data))
      .catch(() => undefined);
  };

  if (cart.items.length === 0 && !isPending && !isSuccess) return <Navigate to="/cart" replace />;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void payment.withToken(async (collected) => {
          token.current = collected;
          if (slot) await mutateAsync(slot.instant);
        });
      }}
    >
      <Card title={t('checkout.when')}>
        <NativeSelect
          label={t('checkout.date')}
          size="md"
          value={date}
          onChange={({ currentTarget }) => setDate(currentTarget.value)}
          data={dates.map((value) => ({ value, label: formatDate(value) }))}
        />
        <Choice
          label={t('checkout.time')}
          value={slot?.time ?? ''}
          onChange={setTime}
          options={times.map(({ time: value }) => ({ value, label: formatTime(value) }))}
        />
      </Card>
      <Card title={t('checkout.where')}>
        <AddressField required value={address} onChange={setAddress} />
      </Card>
      <Card title={t('checkout.payment')}>
        <PaymentMethodField state={payment} amount={totalAmount} />
      </Card>
      <ActionError error={error} onReload={() => void queries.invalidateQueries({ queryKey: ['cart'] })} />
      <Button type="submit" size="lg" loading={isPending || payment.isCollecting}>
        {t('checkout.place', { amount: money(totalAmount) })}
      </Button>
    </form>
  );
}
