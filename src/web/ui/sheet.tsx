import { ActionIcon } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseIcon } from './icons.tsx';
import styles from './sheet.module.css';

interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  /** `side`: as high as a larger screen, at its side. */
  readonly position?: 'middle' | 'side';
  readonly children: ReactNode;
}

/** A dialog: at the bottom of a phone, in the middle or at the side of a larger screen. The browser keeps the focus inside. */
export function Sheet({ title, onClose, position = 'middle', children }: SheetProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={styles['sheet']}
      data-position={position}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <div className={styles['content']}>
        <header className={styles['header']}>
          <h2 id={titleId}>{title}</h2>
          <ActionIcon variant="subtle" size="lg" onClick={onClose} aria-label={t('common.close')}>
            <CloseIcon />
          </ActionIcon>
        </header>
        {children}
      </div>
    </dialog>
  );
}
