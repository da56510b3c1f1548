import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { BackIcon } from './icons.tsx';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly text?: ReactNode;
  /** The page above this one. */
  readonly back?: { readonly to: string; readonly label: string };
  /** Beside the title. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A page in one column. */
export function Page({ title, text, back, action, children }: PageProps) {
  return (
    <div className={styles['narrow']}>
      {back && (
        <Link to={back.to} className={styles['back']}>
          <BackIcon size={20} />
          {back.label}
        </Link>
      )}
      <header className={styles['heading']}>
        <h1>{title}</h1>
        {action}
        {text && <p>{text}</p>}
      </header>
      {children}
    </div>
  );
}

export function Card({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles['card']}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}

export type Tone = 'plain' | 'good' | 'warn' | 'bad';

export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${styles['badge']} ${styles[tone] ?? ''}`}>{children}</span>;
}
