import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { Choice } from '../../ui/choice.tsx';
import { formatDate, formatTime, money } from '../../ui/format.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { ActionError, Loaded, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useCutoff } from '../cutoff.ts';
import { AddressField } from '../fields/address-field.tsx';
import { type Line, LinesField, usePriceOf } from '../fields/lines-field.tsx';
import { DAILY, describePattern, frequencyOf, type PatternForm } from '../pattern.ts';
import { PatternField } from '../fields/pattern-field.tsx';
import { type Subscription, useProduct, useProfile, useWallet } from '../queries.ts';
import { DEFAULT_SLOT_TIME, SLOT_TIMES } from '../slots.ts';
import styles from '../../ui/page.module.css';

export default function SubscribePage() {
  const { t } = useTranslation();
  const { productId = '' } = useParams();
  const product = useProduct(productId);
  const profile = useProfile();
  const [created, setCreated] = useState<Subscription>();
  if (created) return <Done subscription={created} />;
  return (
    <Page
      title={t('subscribe.title')}
      text={t('subscribe.text')}
      back={{ to: `/product/${productId}`, label: product.data?.name ?? t('nav.shop') }}
    >
      <Loaded query={product} rows={<Rows count={3} height={140} />}>
        {() => (
          <Loaded query={profile} rows={<Rows count={3} height={140} />}>
            {({ address }) => <Form productId={productId} hasAddress={Boolean(address)} onDone={setCreated} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

interface FormProps {
  readonly productId: string;
  readonly hasAddress: boolean;
  readonly onDone: (subscription: Subscription) => void;
}

function Form({ productId, hasAddress, onDone }: FormProps) {
  const { t } = useTranslation();
  const { firstOpenDate } = useCutoff();
  const [lines, setLines] = useState<Line[]>([{ productId, qty: 1 }]);
  const [pattern, setPattern] = useState<PatternForm>(DAILY);
  const [startDate, setStartDate] = useState(firstOpenDate);
  const [deliverySlot, setSlot] = useState<string>(DEFAULT_SLOT_TIME);
  const [address, setAddress] = useState('');
  const [paymentMethod, setMethod] = useState<'WALLET' | 'COD'>('WALLET');
  const price = usePriceOf(lines);
  const frequency = frequencyOf(pattern);
  const { mutate, isPending, error } = useAction(
    async (body: Schemas['SubscribeRequest'], header) => {
      // Kept in the profile, so that every later delivery and order knows it.
      if (!hasAddress) await bodyOf(api.PATCH('/user/profile', { body: { address: address.trim() } }));
      return bodyOf(api.POST('/order/subscribe', { body, params: { header } }));
    },
    { changes: ['subscriptions', 'profile'], onSuccess: onDone },
  );
  const canSend = pattern.pattern !== 'WEEKDAYS' || pattern.weekdays.length > 0;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ items: lines, frequency, startDate, deliverySlot, paymentMethod });
      }}
    >
      <Card title={t('subscribe.what')}>
        <LinesField lines={lines} onChange={setLines} />
      </Card>
      <Card title={t('subscribe.when')}>
        <PatternField value={pattern} onChange={setPattern} />
        <TextInput
          label={t('subscribe.start')}
          type="date"
          size="md"
          required
          min={firstOpenDate}
          value={startDate}
          onChange={({ currentTarget }) => setStartDate(currentTarget.value)}
        />
        <SlotField value={deliverySlot} onChange={setSlot} />
      </Card>
      {!hasAddress && (
        <Card title={t('checkout.where')}>
          <AddressField required value={address} onChange={setAddress} />
        </Card>
      )}
      <Card title={t('checkout.payment')}>
        <PaymentField value={paymentMethod} onChange={setMethod} />
      </Card>
      <p className={styles['soft']} aria-live="polite">
        {price !== undefined &&
          t('subscribe.summary', {
            price: money(price),
            pattern: describePattern(frequency, t),
            date: formatDate(startDate || firstOpenDate),
          })}
      </p>
      <ActionError error={error} />
      <Button type="submit" size="lg" loading={isPending} disabled={!canSend}>
        {t('subscribe.action')}
      </Button>
    </form>
  );
}

export function SlotField({ value, onChange }: { value: string; onChange: (time: string) => void }) {
  const { t } = useTranslation();
  const times = [...new Set([...SLOT_TIMES, value])].sort();
  return (
    <Choice
      label={t('checkout.time')}
      value={value}
      onChange={onChange}
      options={times.map((time) => ({ value: time, label: formatTime(time) }))}
    />
  );
}

export function PaymentField({
  value,
  onChange,
}: {
  value: 'WALLET' | 'COD';
  onChange: (method: 'WALLET' | 'COD') => void;
}) {
  const { t } = useTranslation();
  const balance = useWallet().data?.balance ?? 0;
  return (
    <Choice
      label={t('checkout.method')}
      layout="column"
      value={value}
      onChange={onChange}
      options={[
        { value: 'WALLET', label: t('payment.WALLET'), hint: t('subscribe.walletHint', { balance: money(balance) }) },
        { value: 'COD', label: t('payment.COD'), hint: t('subscribe.cashHint') },
      ]}
    />
  );
}

function Done({ subscription: { nextDeliveryDate, startDate, paymentMethod } }: { subscription: Subscription }) {
  const { t } = useTranslation();
  return (
    <Page title={t('subscribe.doneTitle')}>
      <Card>
        <p className={styles['strong']} role="status">
          <CheckIcon /> {t('subscribe.done', { date: formatDate(nextDeliveryDate ?? startDate) })}
        </p>
        {paymentMethod === 'WALLET' && <p className={styles['soft']}>{t('subscribe.topUpHint')}</p>}
        <div className={styles['actions']}>
          {paymentMethod === 'WALLET' && (
            <Button component={Link} to="/wallet">
              {t('wallet.topUp')}
            </Button>
          )}
          <Button component={Link} to="/calendar" variant="light">
            {t('calendar.open')}
          </Button>
        </div>
      </Card>
    </Page>
  );
}
