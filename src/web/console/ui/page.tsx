import type { ReactNode } from 'react';
import styles from './page.module.css';

interface ConsolePageProps {
  readonly title: string;
  readonly text?: ReactNode;
  /** Buttons and filters beside the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A page over the whole width. */
export function ConsolePage({ title, text, tools, children }: ConsolePageProps) {
  return (
    <div className={styles['page']}>
      <header className={styles['heading']}>
        <h1>{title}</h1>
        {tools && <div className={styles['tools']}>{tools}</div>}
        {text && <p>{text}</p>}
      </header>
      {children}
    </div>
  );
}
