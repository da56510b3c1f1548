import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.ts';
import { AlertIcon } from './icons.tsx';
import { problemText } from './problem-text.ts';
import styles from './states.module.css';

/** The outcome of an action, read aloud when it appears. */
export function Notice({ tone = 'bad', children }: { tone?: 'bad' | 'good' | 'info'; children: ReactNode }) {
  return (
    <div className={`${styles['notice']} ${styles[tone]}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <AlertIcon size={20} />
      <div>{children}</div>
    </div>
  );
}

/** Why an action failed. A conflict offers to load the current state. */
export function ActionError({ error, onReload }: { error: unknown; onReload?: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  const offersReload = error instanceof ApiError && error.isConflict && onReload !== undefined;
  return (
    <Notice>
      <p>{problemText(error, t)}</p>
      {offersReload && (
        <button type="button" className={styles['link']} onClick={onReload}>
          {t('common.reload')}
        </button>
      )}
    </Notice>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles['state']} role="alert">
      <AlertIcon size={36} />
      <p>{problemText(error, t)}</p>
      <Button variant="light" onClick={onRetry}>
        {t('common.tryAgain')}
      </Button>
    </div>
  );
}

export function EmptyState({
  image,
  title,
  text,
  action,
}: {
  image?: string;
  title: string;
  text?: string;
  action?: ReactNode;
}) {
  return (
    <div className={styles['state']}>
      {image && <img src={image} alt="" width={96} height={96} />}
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {action}
    </div>
  );
}

/** Grey rows in the height of what will come, so that nothing moves. */
export function Rows({ count = 4, height = 76 }: { count?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} className={styles['rows']}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </div>
  );
}

interface Query<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  /** Tries that failed so far. */
  readonly failureCount?: number;
  readonly refetch: () => unknown;
}

/** Shows a query: rows while it loads, that it is tried again, the reason if it failed, else its data. */
export function Loaded<T>({
  query,
  rows,
  children,
}: {
  query: Query<T>;
  rows?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <Retrying query={query} />
      {rows ?? <Rows />}
    </>
  );
}

/** Says that a query has failed and is tried again. */
function Retrying({ query: { failureCount = 0 } }: { query: Pick<Query<unknown>, 'failureCount'> }) {
  const { t } = useTranslation();
  return failureCount > 0 ? <Notice tone="info">{t('common.retrying')}</Notice> : null;
}
