import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import type { Subscription } from '../../api/customer-queries.ts';
import { PauseSheet } from '../calendar/pause-sheet.tsx';
import { formatDate } from '../format.ts';
import { Card } from '../page.tsx';
import styles from '../page.module.css';
import { Sheet } from '../sheet.tsx';
import { ActionError } from '../states.tsx';
import { useAction } from '../use-action.ts';

const CHANGES = ['subscriptions'];

/** The pauses of a subscription that has not ended, and what pauses, resumes or cancels it. */
export function PauseAndCancel({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const { subscriptionId, status, pauses } = subscription;
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
    <Card title={t('pause.title')}>
      {pauses.map(({ from, to }) => (
        <p key={from}>
          {to
            ? t('pause.range', { from: formatDate(from), to: formatDate(to) })
            : t('pause.open', { from: formatDate(from) })}
        </p>
      ))}
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
    </Card>
  );
}
