import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import page from '../../ui/page.module.css';
import { Sheet } from '../../ui/sheet.tsx';
import { ActionError } from '../../ui/states.tsx';

interface ConfirmSheetProps {
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  readonly action: string;
  /** Something is taken away. */
  readonly isDangerous?: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly onReload?: () => void;
}

/** Asks once before an action, and says what it does. */
export function ConfirmSheet(props: ConfirmSheetProps) {
  const { t } = useTranslation('translation');
  const { title, children, action, isDangerous = false, isPending, error, onConfirm, onClose, onReload } = props;
  return (
    <Sheet title={title} onClose={onClose}>
      {children}
      <ActionError error={error} {...(onReload && { onReload })} />
      <div className={page['actions']}>
        <Button color={isDangerous ? 'red' : undefined} loading={isPending} onClick={onConfirm}>
          {action}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Sheet>
  );
}
