import { useTranslation } from 'react-i18next';
import { formatDate } from '../../ui/format.ts';
import styles from './consequences.module.css';
import { useDemandTomorrow } from './queries.ts';

/** What a change means for orders and subscriptions, with what subscriptions need tomorrow. */
export function Consequences({ productId, texts }: { productId: string; texts: readonly string[] }) {
  const { t } = useTranslation('console');
  const { date, units } = useDemandTomorrow(productId);
  return (
    <section className={styles['box']}>
      <h3>{t('products.consequences')}</h3>
      <ul>
        {units !== undefined && <li>{t('products.demand', { units, date: formatDate(date) })}</li>}
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
