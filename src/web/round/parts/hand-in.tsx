import { useTranslation } from 'react-i18next';
import { money } from '../../ui/format.ts';
import { Card } from '../../ui/page.tsx';
import { useRound } from '../round-context.tsx';
import { LineList } from './line-list.tsx';
import styles from '../../ui/page.module.css';

/** What the courier brings back to the dairy: cash, and what could not be delivered. */
export function HandIn() {
  const { t } = useTranslation('round');
  const { cash, returned } = useRound().view;
  return (
    <>
      <Card title={t('totals.cash')}>
        <p className={`${styles['row']} ${styles['strong']}`}>
          <span>{t('totals.collected')}</span>
          <span className={styles['amount']}>{money(cash.collected)}</span>
        </p>
        <p className={styles['row']}>
          <span>{t('totals.open')}</span>
          <span className={styles['amount']}>{money(cash.open)}</span>
        </p>
      </Card>
      <Card title={t('totals.returned')}>
        {returned.length > 0 ? <LineList lines={returned} /> : <p>{t('totals.nothingReturned')}</p>}
      </Card>
    </>
  );
}
