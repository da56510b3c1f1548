import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '../../ui/format.ts';
import { ActionError } from '../../ui/states.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { AssignSheet } from './assign-sheet.tsx';
import type { Outcome } from './bulk-outcome.tsx';
import { type NewStatus, setStatuses } from './order-status-change.ts';
import styles from './orders.module.css';
import type { Order } from './queries.ts';
import { useBulk } from './use-bulk.ts';

interface BulkActionsProps {
  readonly selected: readonly Order[];
  readonly onDone: (outcome: Outcome) => void;
  readonly onClear: () => void;
}

/** What can be done with the selected orders. */
export function BulkActions({ selected, onDone, onClear }: BulkActionsProps) {
  const { t } = useTranslation(['console', 'translation']);
  const [asks, setAsks] = useState<'cancel' | 'assign'>();
  const close = () => setAsks(undefined);
  const orderIds = selected.map(({ orderId }) => orderId);
  const { mutate, isPending, variables, done, error, reset } = useBulk<NewStatus>(setStatuses, (results, status) => {
    close();
    onDone({ action: status === 'PACKED' ? 'packed' : 'cancelled', results });
  });
  const isPacking = isPending && variables?.values === 'PACKED';
  return (
    <div className={styles['actions']} role="group" aria-label={t('bulk.label')}>
      <b>{t('bulk.selected', { count: selected.length })}</b>
      <Button loading={isPacking} disabled={isPending} onClick={() => mutate({ orderIds, values: 'PACKED' })}>
        {t('bulk.pack')}
      </Button>
      <Button variant="light" disabled={isPending} onClick={() => setAsks('assign')}>
        {t('bulk.assign')}
      </Button>
      <Button variant="light" color="red" disabled={isPending} onClick={() => setAsks('cancel')}>
        {t('bulk.cancel')}
      </Button>
      <Button variant="subtle" disabled={isPending} onClick={onClear}>
        {t('bulk.clear')}
      </Button>
      {isPending && orderIds.length > done && done > 0 && (
        <span role="status">{t('bulk.progress', { done, count: orderIds.length })}</span>
      )}
      {asks === undefined && <ActionError error={error} />}
      {asks === 'cancel' && (
        <ConfirmSheet
          title={t('bulk.cancelTitle', { count: orderIds.length })}
          action={t('bulk.cancel')}
          isPending={isPending}
          error={error}
          onConfirm={() => mutate({ orderIds, values: 'CANCELLED' })}
          onClose={() => {
            reset();
            close();
          }}
        >
          <CancellationText orders={selected} />
        </ConfirmSheet>
      )}
      {asks === 'assign' && (
        <AssignSheet
          orderIds={orderIds}
          onDone={(results) => {
            close();
            onDone({ action: 'assigned', results });
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

/** What happens when orders are cancelled. */
export function CancellationText({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation('console');
  const paid = orders.filter(({ payment }) => payment?.status === 'SUCCESS');
  const amount = paid.reduce((sum, order) => sum + order.amount, 0);
  return (
    <p>
      {t('bulk.cancelText', { count: orders.length })}{' '}
      {amount > 0 ? t('bulk.refund', { amount: money(amount) }) : t('bulk.noRefund')}
    </p>
  );
}
