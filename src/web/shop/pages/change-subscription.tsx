import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, bodyOf, type Schemas } from '../../api/client.ts';
import { formatDate } from '../../ui/format.ts';
import { Badge, Card, Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError, Loaded, Notice, Rows } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { LinesField } from '../fields/lines-field.tsx';
import { frequencyOf, patternFormOf } from '../pattern.ts';
import { PatternField } from '../fields/pattern-field.tsx';
import { PauseSheet } from '../calendar/pause-sheet.tsx';
import { type Subscription, useSubscription } from '../queries.ts';
import { PaymentField, SlotField } from './subscribe.tsx';
import styles from '../../ui/page.module.css';

const CHANGES = ['subscriptions'];

export default function ChangeSubscriptionPage() {
  const { t } = useTranslation();
  const { subscriptionId = '' } = useParams();
  const subscription = useSubscription(subscriptionId);
  return (
    <Page
      title={t('subscription.title')}
      back={{ to: '/subscriptions', label: t('subscriptions.title') }}
      action={subscription.data && <Badge>{t(`subscriptionStatus.${subscription.data.status}`)}</Badge>}
    >
      <Loaded query={subscription} rows={<Rows count={3} height={140} />}>
        {(found) => <Details key={found.version} subscription={found} />}
      </Loaded>
    </Page>
  );
}

function Details({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const { status, pauses } = subscription;
  const isOver = status === 'ENDED' || status === 'CANCELLED';
  return (
    <>
      {isOver ? <Notice tone="info">{t('subscription.over')}</Notice> : <Form subscription={subscription} />}
      {!isOver && (
        <Card title={t('pause.title')}>
          {pauses.map(({ from, to }) => (
            <p key={from}>
              {to
                ? t('pause.range', { from: formatDate(from), to: formatDate(to) })
                : t('pause.open', { from: formatDate(from) })}
            </p>
          ))}
          <PauseAndCancel subscription={subscription} />
        </Card>
      )}
    </>
  );
}

function Form({ subscription }: { subscription: Subscription }) {
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
        <PaymentField value={paymentMethod} onChange={setMethod} />
      </Card>
      <ActionError error={error} onReload={reload} />
      <p className={styles['soft']}>{t('subscription.effective', { date: formatDate(effectiveFrom) })}</p>
      <Button type="submit" size="lg" loading={isPending} disabled={Object.keys(changed).length === 0}>
        {t('common.save')}
      </Button>
    </form>
  );
}

const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

function PauseAndCancel({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const { subscriptionId, status } = subscription;
  const [open, setOpen] = useState<'pause' | 'cancel'>();
  const resume = useAction(
    (_: undefined, header) =>
      bodyOf(api.POST('/subscription/resume', { body: { subscriptionId }, params: { header } })),
    { changes: CHANGES },
  );
  const cancel = useAction(
    (_: undefined, header) =>
      bodyOf(api.POST('/subscription/cancel', { body: { subscriptionId }, params: { header } })),
    { changes: CHANGES, onSuccess: () => setOpen(undefined) },
  );
  return (
    <>
      <ActionError error={resume.error} />
      <div className={styles['actions']}>
        {status === 'PAUSED' && (
          <Button variant="light" loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
            {t('pause.resume')}
          </Button>
        )}
        <Button variant="light" onClick={() => setOpen('pause')}>
          {t('pause.action')}
        </Button>
        <Button variant="subtle" color="red" onClick={() => setOpen('cancel')}>
          {t('subscription.cancel')}
        </Button>
      </div>
      {open === 'pause' && <PauseSheet subscriptions={[subscription]} onClose={() => setOpen(undefined)} />}
      {open === 'cancel' && (
        <Sheet title={t('subscription.cancel')} onClose={() => setOpen(undefined)}>
          <p>{t('subscription.cancelText')}</p>
          <ActionError error={cancel.error} />
          <div className={styles['actions']}>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
              {t('subscription.cancel')}
            </Button>
            <Button variant="default" onClick={() => setOpen(undefined)}>
              {t('subscription.keep')}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}
