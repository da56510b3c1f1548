import { useTranslation } from 'react-i18next';
import { money } from './format.ts';
import { Notice } from './states.tsx';
import type { CalendarDay, Order } from '../api/customer-queries.ts';
import styles from './page.module.css';

/** What an order contains, and what of it is missing. */
export function OrderLines({
  items,
  missing,
}: Pick<Order, 'items' | 'missing'> | Pick<CalendarDay, 'items' | 'missing'>) {
  const { t } = useTranslation();
  return (
    <>
      {items.length > 0 && (
        <ul className={styles['list']}>
          {items.map(({ productId, qty, name, unit, lineTotal }) => (
            <li key={productId} className={styles['row']}>
              <span>
                {qty} × {name} <span className={styles['soft']}>{unit}</span>
              </span>
              <span className={styles['amount']}>{money(lineTotal)}</span>
            </li>
          ))}
        </ul>
      )}
      {missing && missing.length > 0 && (
        <Notice tone="info">
          {t('order.missing', { items: missing.map(({ qty, name }) => `${qty} × ${name ?? ''}`).join(', ') })}
        </Notice>
      )}
    </>
  );
}
