import { useTranslation } from 'react-i18next';
import { ActionError } from '../../ui/states.tsx';
import { MAX_ROWS } from '../use-all-pages.ts';
import styles from './page.module.css';

interface ListStateProps {
  readonly shown: number;
  readonly list: {
    readonly data: readonly unknown[] | undefined;
    readonly error: unknown;
    readonly isIncomplete: boolean;
    readonly isCut: boolean;
  };
}

/** How many rows a list shows, whether more are on their way, and why they are not. */
export function ListState({ shown, list: { data = [], error, isIncomplete, isCut } }: ListStateProps) {
  const { t } = useTranslation('console');
  return (
    <>
      <p className={styles['state']} role="status">
        {isIncomplete ? t('list.loading', { count: data.length }) : t('list.shown', { count: shown })}
        {isCut && ` ${t('list.cut', { max: MAX_ROWS })}`}
      </p>
      <ActionError error={error} />
    </>
  );
}
