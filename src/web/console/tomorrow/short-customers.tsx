import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { money } from '../../ui/format.ts';
import { customerPath } from '../links.ts';
import { DataTable } from '../ui/table/data-table.tsx';
import { Panel } from '../ui/panel.tsx';
import type { Preview } from './queries.ts';
import styles from './tomorrow.module.css';

/** The customers whose wallets will not cover their orders. */
export function ShortCustomers({ preview: { short, counts } }: { preview: Preview }) {
  const { t } = useTranslation('console');
  const all = counts['SHORT_BALANCE'] ?? 0;
  return (
    <Panel title={t('short.title')}>
      {all === 0 ? (
        <p className={styles['soft']}>{t('short.none')}</p>
      ) : (
        <>
          <p className={styles['soft']}>{t('short.text')}</p>
          <DataTable
            label={t('short.title')}
            columns={[
              {
                key: 'name',
                label: t('short.customer'),
                render: ({ userId, name }) => <Link to={customerPath(userId)}>{name ?? t('short.unknown')}</Link>,
                sortBy: ({ name = '' }) => name,
              },
              {
                key: 'amount',
                label: t('short.amount'),
                align: 'end',
                render: ({ amount }) => money(amount),
                sortBy: ({ amount }) => amount,
              },
            ]}
            rows={short}
            rowKey={({ subscriptionId }) => subscriptionId}
          />
          {all > short.length && <p className={styles['soft']}>{t('short.more', { count: all - short.length })}</p>}
        </>
      )}
    </Panel>
  );
}
