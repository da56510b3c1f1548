import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { money } from '../../ui/format.ts';
import { Badge, type Tone } from '../../ui/page.tsx';
import { customerPath, orderPath } from '../links.ts';
import type { Column } from '../ui/table/data-table.tsx';
import { BAD_OUTCOMES } from './outcomes.ts';
import styles from './tomorrow.module.css';

type Row = Schemas['SubscriptionOutcomeResponse'];

const toneOf = (outcome: string): Tone =>
  outcome === 'ORDERED' ? 'good' : BAD_OUTCOMES.includes(outcome) ? 'bad' : 'plain';

export function useOutcomeColumns(): Column<Row>[] {
  const { t } = useTranslation(['console', 'translation']);
  return useMemo(
    () => [
      {
        key: 'name',
        label: t('outcomes.customer'),
        render: ({ userId, name }) => <Link to={customerPath(userId)}>{name ?? t('short.unknown')}</Link>,
        sortBy: ({ name = '' }) => name,
      },
      {
        key: 'outcome',
        label: t('outcomes.outcome'),
        render: ({ outcome }) => <Badge tone={toneOf(outcome)}>{t(`translation:outcome.${outcome}`)}</Badge>,
        sortBy: ({ outcome }) => outcome,
      },
      {
        key: 'order',
        label: t('outcomes.order'),
        render: ({ orderId, orderNumber }) => (orderId ? <Link to={orderPath(orderId)}>{orderNumber}</Link> : '–'),
      },
      {
        key: 'amount',
        label: t('outcomes.amount'),
        align: 'end',
        render: ({ amount }) => (amount > 0 ? money(amount) : '–'),
        sortBy: ({ amount }) => amount,
      },
      { key: 'why', label: t('outcomes.why'), render: (row) => <Why row={row} /> },
    ],
    [t],
  );
}

/** What is missing in the order, or why the subscription could not be decided. */
function Why({ row: { missing = [], fault } }: { row: Row }) {
  const { t } = useTranslation('console');
  if (fault) return <span className={styles['fault']}>{fault}</span>;
  if (missing.length === 0) return null;
  const lines = missing.map(({ qty, name, productId }) => `${qty} × ${name ?? productId}`).join(', ');
  return <span className={styles['fault']}>{t('outcomes.missing', { lines })}</span>;
}
