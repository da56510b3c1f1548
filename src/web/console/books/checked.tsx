import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.ts';
import styles from './books.module.css';

const KINDS = ['wallets', 'entries', 'payments', 'orders', 'charges', 'invoices', 'subscriptions'] as const;

/** How much was checked. */
export function Checked({ checked, title }: { checked: Schemas['CheckedCountsResponse']; title: string }) {
  const { t } = useTranslation('console');
  return (
    <section className={styles['section']}>
      <h2>{title}</h2>
      <dl className={styles['counts']}>
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt>{t(`books.checked.${kind}`)}</dt>
            <dd>{checked[kind].toLocaleString('en-IN')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
