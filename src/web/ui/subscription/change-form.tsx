import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import type { Subscription } from '../../api/customer-queries.ts';
import { formatDate } from '../format.ts';
import { Card } from '../page.tsx';
import styles from '../page.module.css';
import { ActionError } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { LinesField } from './lines-field.tsx';
import { MethodField } from './method-field.tsx';
import { frequencyOf, patternFormOf } from './pattern.ts';
import { PatternField } from './pattern-field.tsx';
import { SlotField } from './slot-field.tsx';

const CHANGES = ['subscriptions'];

const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

/** Changes what a subscription delivers, and when. Give each version a form of its own (`key`). */
export function ChangeForm({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { subscriptionId, version, effectiveFrom } = subscription;
  const [lines, setLines] = useState(subscription.items.map(({ productId, qty }) => ({ productId, qty })));
  const [pattern, setPattern] = useState(() => patternFormOf(subscription.frequency));
  const [deliverySlot, setSlot] = useState(subscription.deliverySlot);
  const [paymentMethod, setMethod] = useState(subscription.paymentMethod);
  const frequency = frequencyOf(pattern, subscription.frequency);
  const changed: Partial<Schemas['UpdateSubscriptionRequest']> = {
    ...(differs(lines, subscription.items) && { items: lines }),
    ...(differs(frequency, subscription.frequency) && { frequency }),
    ...(deliverySlot !== subscription.deliverySlot && { deliverySlot }),
    ...(paymentMethod !== subscription.paymentMethod && { paymentMethod }),
  };
  const { mutate, isPending, error } = useAction(
    (body: Schemas['UpdateSubscriptionRequest']) =>
      bodyOf(api.PATCH('/subscription/update', { body, params: { header: { 'If-Match': String(version) } } })),
    { changes: CHANGES },
  );
  const reload = () => void queries.invalidateQueries({ queryKey: CHANGES });
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ subscriptionId, ...changed });
      }}
    >
      <Card title={t('subscribe.what')}>
        <LinesField lines={lines} onChange={setLines} />
      </Card>
      <Card title={t('subscribe.when')}>
        <PatternField value={pattern} onChange={setPattern} />
        <SlotField value={deliverySlot} onChange={setSlot} />
      </Card>
      <Card title={t('checkout.payment')}>
        <MethodField value={paymentMethod} onChange={setMethod} userId={subscription.userId} />
      </Card>
      <ActionError error={error} onReload={reload} />
      <p className={styles['soft']}>{t('subscription.effective', { date: formatDate(effectiveFrom) })}</p>
      <Button type="submit" size="lg" loading={isPending} disabled={Object.keys(changed).length === 0}>
        {t('common.save')}
      </Button>
    </form>
  );
}
