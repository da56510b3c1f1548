import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { Choice } from '../../ui/choice.tsx';
import { formatDate, formatTime, money } from '../../ui/format.ts';
import { Card, Page } from '../../ui/page.tsx';
import { ActionError, Loaded, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { type TestToken, TestTokenSelect, useHasTestPayments } from '../fields/payment-choice.tsx';
import { useWallet } from '../../api/customer-queries.ts';
import { useProfile } from '../../api/queries.ts';
import { useCart } from '../queries.ts';
import { orderSlots } from '../../ui/slots.ts';
import styles from '../../ui/page.module.css';

type Method = Schemas['PayRequest']['paymentMethod'];

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
  const wallet = useWallet();
  const hasTestPayments = useHasTestPayments();
  const slots = useMemo(() => orderSlots(), []);
  const dates = [...new Set(slots.map(({ date }) => date))];
  const [date, setDate] = useState(dates[0] ?? '');
  const times = slots.filter((slot) => slot.date === date);
  const [time, setTime] = useState(times[0]?.time ?? '');
  const [address, setAddress] = useState(profileAddress);
  const [method, setMethod] = useState<Method>(hasTestPayments ? 'UPI' : 'COD');
  const [token, setToken] = useState<TestToken>('tok_ok');
  const slot = times.find((one) => one.time === time) ?? times[0];
  const { totalAmount } = cart;
  const balance = wallet.data?.balance ?? 0;

  const { mutate, isPending, isSuccess, error } = useAction(
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
    const paymentToken = method === 'CARD' || method === 'UPI' ? token : undefined;
    const params = { header: { 'Idempotency-Key': `pay-${orderId}` } };
    await api
      .POST('/payment/pay', { body: { orderId, amount, paymentMethod: method, paymentToken }, params })
      .catch(() => undefined);
  };

  if (cart.items.length === 0 && !isPending && !isSuccess) return <Navigate to="/cart" replace />;
  const methods: { value: Method; label: string; hint?: string; disabled?: boolean }[] = [
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
      disabled: balance < totalAmount,
    },
    { value: 'COD', label: t('payment.COD') },
  ];
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (slot) mutate(slot.instant);
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
        <Textarea
          label={t('field.address')}
          autoComplete="street-address"
          required
          maxLength={300}
          rows={3}
          size="md"
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        />
      </Card>
      <Card title={t('checkout.payment')}>
        <Choice label={t('checkout.method')} layout="column" value={method} onChange={setMethod} options={methods} />
        {(method === 'CARD' || method === 'UPI') && <TestTokenSelect value={token} onChange={setToken} />}
      </Card>
      <ActionError error={error} onReload={() => void queries.invalidateQueries({ queryKey: ['cart'] })} />
      <Button type="submit" size="lg" loading={isPending}>
        {t('checkout.place', { amount: money(totalAmount) })}
      </Button>
    </form>
  );
}
