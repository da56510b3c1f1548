import { type ReactNode, useId } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: string;
  /** Beside the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page, on a card. */
export function Panel({ title, tools, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles['panel']} aria-labelledby={id}>
      <header className={styles['heading']}>
        <h2 id={id}>{title}</h2>
        {tools && <div className={styles['tools']}>{tools}</div>}
      </header>
      {children}
    </section>
  );
}
