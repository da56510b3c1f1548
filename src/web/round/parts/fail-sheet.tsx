import { Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/forms/choice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useRound } from '../round-context.tsx';
import type { FailureReason } from '../store/database.ts';
import type { OrderView } from '../view/round-view.ts';
import { BigButton } from './big-button.tsx';
import styles from '../../ui/page.module.css';

const REASONS = [
  'CUSTOMER_UNAVAILABLE',
  'ADDRESS_NOT_FOUND',
  'REFUSED',
  'DAMAGED',
  'SPOILED',
  'VEHICLE',
  'OTHER',
] as const satisfies readonly FailureReason[];
const MAX_NOTE_LENGTH = 300;

/** Asks why orders of a stop could not be delivered. */
export function FailSheet({ orders, onClose }: { orders: readonly OrderView[]; onClose: () => void }) {
  const { t } = useTranslation('round');
  const { report } = useRound();
  const [reason, setReason] = useState<FailureReason | ''>('');
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState(orders.map(({ deliveryId }) => deliveryId));
  const toggle = (id: string) =>
    setChosen((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  return (
    <Sheet title={t('fail.title')} onClose={onClose}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === '') return;
          report.mutate({ type: 'fail', deliveryIds: chosen, reason, note: note.trim() });
          onClose();
        }}
      >
        {orders.length > 1 && (
          <fieldset className={styles['list']}>
            <legend className={styles['strong']}>{t('fail.orders')}</legend>
            {orders.map(({ deliveryId, orderNumber, items }) => (
              <Checkbox
                key={deliveryId}
                size="lg"
                label={`${orderNumber}: ${items.map(({ qty, name }) => `${qty} × ${name}`).join(', ')}`}
                checked={chosen.includes(deliveryId)}
                onChange={() => toggle(deliveryId)}
              />
            ))}
          </fieldset>
        )}
        <Choice
          label={t('fail.reason')}
          layout="pairs"
          value={reason}
          onChange={setReason}
          options={REASONS.map((value) => ({ value, label: t(`fail.${value}`) }))}
        />
        <Textarea
          label={t('fail.note')}
          rows={2}
          maxLength={MAX_NOTE_LENGTH}
          size="md"
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <BigButton type="submit" disabled={reason === '' || chosen.length === 0}>
          {t('fail.action')}
        </BigButton>
      </form>
    </Sheet>
  );
}
