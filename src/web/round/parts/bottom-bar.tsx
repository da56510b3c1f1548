import type { ReactNode } from 'react';
import styles from './bottom-bar.module.css';
import { UndoBar } from './undo-bar.tsx';

/** What the thumb reaches: the buttons of a page, and above them the last report, which can be taken back. */
export function BottomBar({ children }: { children?: ReactNode }) {
  return (
    <div className={styles['bar']}>
      <UndoBar />
      {children && <div className={styles['buttons']}>{children}</div>}
    </div>
  );
}
