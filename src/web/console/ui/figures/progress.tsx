import styles from './progress.module.css';

interface ProgressBarProps {
  /** What makes progress, for screen readers. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** How far something is. Without a total, only that it goes on. */
export function ProgressBar({ label, done, total }: ProgressBarProps) {
  return <progress className={styles['bar']} aria-label={label} {...(total > 0 && { value: done, max: total })} />;
}
