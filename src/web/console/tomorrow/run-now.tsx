import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { formatDate, formatInstant } from '../../ui/format.ts';
import { useAction } from '../../ui/use-action.ts';
import { useCutoffOf } from '../day-queries.ts';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import styles from './tomorrow.module.css';

interface RunNowProps {
  readonly date: string;
  /** Orders that the preview expects. */
  readonly expected?: number | undefined;
  /** Whether the date has a run, which is repeated for what it left undecided. */
  readonly isRepeat?: boolean;
}

/** Starts the run of a date by hand, once its cutoff has passed. */
export function RunNow({ date, expected, isRepeat = false }: RunNowProps) {
  const { t } = useTranslation('console');
  const { closesAt, millisecondsLeft } = useCutoffOf(date);
  const [isAsking, setAsking] = useState(false);
  const { mutate, isPending, error, reset } = useAction(
    (body: { date: string }) => bodyOf(api.POST('/admin/generation/run', { body })),
    { changes: ['run', 'outcomes', 'day'], onSuccess: () => setAsking(false) },
  );
  if (millisecondsLeft > 0) {
    const time = formatInstant(new Date(closesAt).toISOString());
    return <span className={styles['soft']}>{t('run.notBefore', { time })}</span>;
  }
  const action = t(isRepeat ? 'run.again' : 'run.now');
  return (
    <>
      <Button
        onClick={() => {
          reset();
          setAsking(true);
        }}
      >
        {action}
      </Button>
      {isAsking && (
        <ConfirmSheet
          title={t(isRepeat ? 'run.askAgain' : 'run.ask', { date: formatDate(date) })}
          action={action}
          isPending={isPending}
          error={error}
          onConfirm={() => mutate({ date })}
          onClose={() => setAsking(false)}
        >
          {isRepeat ? (
            <p>{t('run.againText')}</p>
          ) : (
            <>
              {expected !== undefined && <p>{t('run.expected', { count: expected })}</p>}
              <p>{t('run.text')}</p>
            </>
          )}
        </ConfirmSheet>
      )}
    </>
  );
}
