import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { Choice } from '../../ui/forms/choice.tsx';
import { money } from '../../ui/format.ts';
import { Card } from '../../ui/page.tsx';
import { ActionError, Notice } from '../../ui/states.tsx';
import { TextField } from '../../ui/forms/text-field.tsx';
import { useAction } from '../../ui/use-action.ts';
import { usePayment } from '../queries.ts';
import { PaymentMethodField } from './payment-method-field.tsx';
import { usePaymentMethod } from './use-payment-method.ts';
import styles from '../../ui/page.module.css';

const AMOUNTS = ['500', '1000', '2000'] as const;
const MIN_AMOUNT = 1;
const MAX_AMOUNT = 100_000;
/** What the top-up changes. */
const CHANGES = ['wallet', 'ledger', 'subscriptions'];

/** Puts money into the wallet. */
export function TopUp() {
  const { t } = useTranslation();
  const payment = usePaymentMethod();
  const [amount, setAmount] = useState<string>('500');
  const number = Number(amount);
  const isValid =
    amount !== '' && number >= MIN_AMOUNT && number <= MAX_AMOUNT && Number.isInteger(Math.round(number * 1e6) / 1e4);
  const { mutateAsync, isPending, data, error } = useAction(
    async (body: Schemas['TopUpRequest'], header) => {
      const started = await bodyOf(api.POST('/wallet/topup', { body, params: { header } }));
      await payment.confirm(started);
      return started;
    },
    { changes: CHANGES },
  );
  const { method } = payment;
  if (method !== 'CARD' && method !== 'UPI') return <Notice tone="info">{t('wallet.noOnlinePayment')}</Notice>;
  return (
    <Card title={t('wallet.topUp')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isValid) return;
          void payment.withToken((paymentToken) =>
            mutateAsync({ amount: number, paymentMethod: method, paymentToken }),
          );
        }}
      >
        <Choice
          label={t('wallet.choose')}
          value={amount}
          onChange={setAmount}
          options={AMOUNTS.map((value) => ({ value, label: money(Number(value)) }))}
        />
        <TextField
          label={t('wallet.amount')}
          inputMode="decimal"
          required
          value={amount}
          error={isValid ? undefined : t('wallet.range', { min: money(MIN_AMOUNT), max: money(MAX_AMOUNT) })}
          onChange={setAmount}
        />
        <PaymentMethodField state={payment} amount={isValid ? number : MIN_AMOUNT} onlineOnly />
        <ActionError error={error} />
        {data && <Outcome started={data} />}
        <Button type="submit" size="md" loading={isPending || payment.isCollecting}>
          {t('wallet.add', { amount: isValid ? money(number) : '' })}
        </Button>
      </form>
    </Card>
  );
}

/** What came of a top-up. Follows one that is pending. */
function Outcome({ started }: { started: Schemas['PaymentResponse'] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { status, amount } = usePayment(started).data;
  const wasPending = started.status === 'PENDING';
  useEffect(() => {
    if (!wasPending || status === 'PENDING') return;
    for (const key of CHANGES) void queries.invalidateQueries({ queryKey: [key] });
  }, [queries, wasPending, status]);
  if (status === 'FAILED') return <Notice>{t('wallet.declined')}</Notice>;
  if (status === 'PENDING') return <Notice tone="info">{t('order.paymentPending')}</Notice>;
  return <Notice tone="good">{t('wallet.added', { amount: money(amount) })}</Notice>;
}
