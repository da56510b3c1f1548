import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionError, Notice } from '../../ui/states.tsx';
import { useAction } from '../../ui/use-action.ts';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { AssignSheet } from './assign-sheet.tsx';
import { CancellationText } from './bulk-actions.tsx';
import { CreditSheet } from './credit-sheet.tsx';
import { InvoiceButton } from './invoice-button.tsx';
import { type NewStatus, setStatus } from './order-status-change.ts';
import styles from './orders.module.css';
import { ORDER_CHANGES, type Order } from './queries.ts';
import type { OrderResult } from './use-bulk.ts';
import { useRefusalText } from './use-refusal-text.ts';

const CANCELLABLE: readonly Order['status'][] = ['CREATED', 'CONFIRMED', 'PACKED'];
const ASSIGNABLE: readonly Order['status'][] = ['CONFIRMED', 'PACKED', 'DISPATCHED'];

/** What can be done with an order in its status. */
export function OrderActions({ order }: { order: Order }) {
  const { t } = useTranslation(['console', 'translation']);
  const queries = useQueryClient();
  const refusalText = useRefusalText();
  const [asks, setAsks] = useState<'cancel' | 'assign' | 'credit'>();
  const [refusal, setRefusal] = useState<OrderResult>();
  const { orderId, orderNumber, version, status } = order;
  const { mutate, isPending, variables, error, reset } = useAction((to: NewStatus) => setStatus(orderId, version, to), {
    changes: ORDER_CHANGES,
    onSuccess: () => setAsks(undefined),
  });
  const close = () => {
    reset();
    setAsks(undefined);
  };
  const reload = () =>
    void Promise.all(ORDER_CHANGES.map((key) => queries.invalidateQueries({ queryKey: [key] }))).then(close);
  const canAssign = ASSIGNABLE.includes(status);
  const wasPaid = status === 'CANCELLED' || status === 'DELIVERED';
  return (
    <>
      <div className={styles['actions']}>
        {status === 'CONFIRMED' && (
          <Button loading={isPending && variables === 'PACKED'} onClick={() => mutate('PACKED')}>
            {t('order.pack')}
          </Button>
        )}
        {canAssign && (
          <Button variant="light" onClick={() => setAsks('assign')}>
            {t('order.assign')}
          </Button>
        )}
        {wasPaid && (
          <Button variant="light" onClick={() => setAsks('credit')}>
            {t('order.credit')}
          </Button>
        )}
        {status === 'DELIVERED' && <InvoiceButton orderId={orderId} />}
        {CANCELLABLE.includes(status) && (
          <Button variant="light" color="red" onClick={() => setAsks('cancel')}>
            {t('translation:order.cancel')}
          </Button>
        )}
      </div>
      {asks !== 'cancel' && <ActionError error={error} onReload={reload} />}
      {refusal && <Notice>{refusalText(refusal)}</Notice>}
      {status === 'CANCELLED' && order.delivery?.status === 'FAILED' && <FailedDelivery order={order} />}
      {asks === 'cancel' && (
        <ConfirmSheet
          title={t('translation:order.cancelTitle', { number: orderNumber })}
          action={t('translation:order.cancel')}
          isPending={isPending}
          error={error}
          onConfirm={() => mutate('CANCELLED')}
          onClose={close}
          onReload={reload}
        >
          <CancellationText orders={[order]} />
        </ConfirmSheet>
      )}
      {asks === 'assign' && (
        <AssignSheet
          orderIds={[orderId]}
          onDone={([result]) => {
            setRefusal(result?.code === undefined ? undefined : result);
            close();
          }}
          onClose={close}
        />
      )}
      {asks === 'credit' && <CreditSheet order={order} onClose={close} />}
    </>
  );
}

/** Whether the customer of a failed delivery got their money back. */
function FailedDelivery({ order: { history, payment } }: { order: Order }) {
  const { t } = useTranslation('console');
  if (history.at(-1)?.reason !== 'DELIVERY_FAILED' || !payment) return null;
  if (payment.status === 'REFUNDED') return <Notice tone="good">{t('order.failedRefunded')}</Notice>;
  if (payment.method === 'COD') return <Notice tone="info">{t('order.failedCash')}</Notice>;
  return <Notice tone="info">{t('order.failedKept')}</Notice>;
}
