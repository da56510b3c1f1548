import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../../ui/page.module.css';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError } from '../../ui/states.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What will happen. */
  readonly text: ReactNode;
  readonly action: string;
  readonly run: {
    readonly mutate: (values: undefined) => void;
    readonly isPending: boolean;
    readonly error: unknown;
  };
  readonly isHarmless?: boolean;
  readonly onClose: () => void;
  readonly onReload?: () => void;
}

/** Asks once before an action. */
export function Confirm({ title, text, action, run, isHarmless = false, onClose, onReload }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Sheet title={title} onClose={onClose}>
      <p>{text}</p>
      <ActionError error={run.error} {...(onReload && { onReload })} />
      <div className={styles['actions']}>
        <Button color={isHarmless ? undefined : 'red'} loading={run.isPending} onClick={() => run.mutate(undefined)}>
          {action}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Sheet>
  );
}
