import type { ReactNode } from 'react';
import styles from './editable-cell.module.css';

/** A value that is edited in a sheet. */
export function OpenCell({ label, onOpen, children }: { label: string; onOpen: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className={`${styles['show']} ${styles['opens']}`}
      aria-haspopup="dialog"
      title={label}
      onClick={onOpen}
    >
      {children}
    </button>
  );
}
