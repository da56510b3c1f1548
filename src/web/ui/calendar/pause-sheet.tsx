import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { Sheet } from '../sheet.tsx';
import { ActionError } from '../states.tsx';
import { addDays } from '../format.ts';
import { useAction } from '../use-action.ts';
import { useCutoff } from '../cutoff.ts';
import type { Subscription } from '../../api/customer-queries.ts';
import styles from '../page.module.css';

interface PauseSheetProps {
  readonly subscriptions: readonly Subscription[];
  readonly onClose: () => void;
}

/** Pauses all given subscriptions for a range of dates. */
export function PauseSheet({ subscriptions, onClose }: PauseSheetProps) {
  const { t } = useTranslation();
  const { firstOpenDate } = useCutoff();
  const [from, setFrom] = useState(firstOpenDate);
  const [to, setTo] = useState(addDays(firstOpenDate, 6));
  const { mutate, isPending, error } = useAction(
    ({ first, last }: { first: string; last: string }, { 'Idempotency-Key': key }) =>
      Promise.all(
        subscriptions.map(({ subscriptionId }) => {
          const header = { 'Idempotency-Key': `${key}-${subscriptionId}` };
          return bodyOf(
            api.POST('/subscription/pause', { body: { subscriptionId, from: first, to: last }, params: { header } }),
          );
        }),
      ),
    { changes: ['subscriptions'], onSuccess: onClose },
  );
  return (
    <Sheet title={t('pause.longAction')} onClose={onClose}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ first: from, last: to });
        }}
      >
        <p className={styles['soft']}>{t('pause.text')}</p>
        <TextInput
          label={t('pause.from')}
          type="date"
          size="md"
          required
          min={firstOpenDate}
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          label={t('pause.to')}
          type="date"
          size="md"
          required
          min={from}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
        <ActionError error={error} />
        <Button type="submit" size="md" loading={isPending}>
          {t('pause.action')}
        </Button>
      </form>
    </Sheet>
  );
}
