import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import type { Subscription } from '../../api/customer-queries.ts';
import { useCutoff } from '../cutoff.ts';
import { formatDate, money } from '../format.ts';
import { Card } from '../page.tsx';
import styles from '../page.module.css';
import { DEFAULT_SLOT_TIME } from '../slots.ts';
import { ActionError } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { type Line, LinesField, usePriceOf } from './lines-field.tsx';
import { type Method, MethodField } from './method-field.tsx';
import { DAILY, describePattern, frequencyOf, type PatternForm } from './pattern.ts';
import { PatternField } from './pattern-field.tsx';
import { SlotField } from './slot-field.tsx';

interface SubscribeFormProps {
  /** Chosen at the start. */
  readonly products: readonly string[];
  /** Whether the profile of the customer has an address. */
  readonly hasAddress: boolean;
  /** The customer that an admin names. */
  readonly userId?: string;
  readonly onDone: (subscription: Subscription) => void;
}

export function SubscribeForm({ products, hasAddress, userId, onDone }: SubscribeFormProps) {
  const { t } = useTranslation();
  const { firstOpenDate } = useCutoff();
  const [lines, setLines] = useState<Line[]>(() => products.map((productId) => ({ productId, qty: 1 })));
  const [pattern, setPattern] = useState<PatternForm>(DAILY);
  const [startDate, setStartDate] = useState(firstOpenDate);
  const [deliverySlot, setSlot] = useState<string>(DEFAULT_SLOT_TIME);
  const [address, setAddress] = useState('');
  const [paymentMethod, setMethod] = useState<Method>('WALLET');
  const price = usePriceOf(lines);
  const frequency = frequencyOf(pattern);
  const { mutate, isPending, error } = useAction(
    async (body: Schemas['SubscribeRequest'], header) => {
      // Kept in the profile, so that every later delivery and order knows it.
      if (!hasAddress) await bodyOf(api.PATCH('/user/profile', { body: { address: address.trim(), userId } }));
      return bodyOf(api.POST('/order/subscribe', { body, params: { header } }));
    },
    { changes: ['subscriptions', 'profile', 'user'], onSuccess: onDone },
  );
  const canSend = lines.length > 0 && (pattern.pattern !== 'WEEKDAYS' || pattern.weekdays.length > 0);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ items: lines, frequency, startDate, deliverySlot, paymentMethod, userId });
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
      )}
      <Card title={t('checkout.payment')}>
        <MethodField value={paymentMethod} onChange={setMethod} userId={userId} />
      </Card>
      <p className={styles['soft']} aria-live="polite">
        {lines.length > 0 &&
          price !== undefined &&
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
