import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/states.tsx';
import pageStyles from '../../ui/page.module.css';
import styles from './orders.module.css';
import { useRefusalText } from './use-refusal-text.ts';
import type { OrderResult } from './use-bulk.ts';

export type BulkAction = 'packed' | 'cancelled' | 'assigned';

export interface Outcome {
  readonly action: BulkAction;
  readonly results: readonly OrderResult[];
}

interface BulkOutcomeProps {
  readonly outcome: Outcome;
  readonly onOpen: (orderId: string) => void;
  readonly onClose: () => void;
}

/** What a change of several orders did, and why it was refused for some. */
export function BulkOutcome({ outcome: { action, results }, onOpen, onClose }: BulkOutcomeProps) {
  const { t } = useTranslation('console');
  const refusalText = useRefusalText();
  const refused = results.filter(({ code }) => code !== undefined);
  const count = results.length - refused.length;
  return (
    <Notice tone={refused.length > 0 ? 'info' : 'good'}>
      <p>{t(`bulk.${action}`, { count })}</p>
      {refused.length > 0 && (
        <>
          <p>{t('bulk.refused', { count: refused.length })}</p>
          <ul className={styles['results']} aria-label={t('bulk.refusedList')}>
            {refused.map((result) => (
              <li key={result.orderId}>
                <button type="button" className={styles['link']} onClick={() => onOpen(result.orderId)}>
                  {result.orderNumber}
                </button>{' '}
                {refusalText(result)}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={pageStyles['actions']}>
        <button type="button" className={styles['link']} onClick={onClose}>
          {t('bulk.dismiss')}
        </button>
      </div>
    </Notice>
  );
}
