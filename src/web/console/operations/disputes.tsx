import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { formatInstant, money } from '../../ui/format.ts';
import { Badge } from '../../ui/page.tsx';
import { customerPath, orderPath } from '../links.ts';
import cells from '../ui/table/cells.module.css';
import type { Column } from '../ui/table/data-table.tsx';
import { PagedTable } from '../ui/table/paged-table.tsx';
import { useFilters } from '../use-filters.ts';
import styles from './operations.module.css';
import { useDisputePages } from './queries.ts';

type Dispute = Schemas['DisputedPaymentResponse'];

const STATES = ['OPEN', 'CLOSED'] as const;
const TONES = { OPEN: 'warn', WON: 'good', LOST: 'bad', CLOSED: 'plain' } as const;

/** Payments that a cardholder disputes at the bank. */
export function Disputes() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('state');
  const state = STATES.find((one) => one === filters.state);
  const columns = useMemo<Column<Dispute>[]>(
    () => [
      { key: 'opened', label: t('operations.openedAt'), render: ({ openedAt }) => formatInstant(openedAt) },
      {
        key: 'status',
        label: t('operations.status'),
        render: ({ status }) => <Badge tone={TONES[status]}>{t(`operations.disputeStatus.${status}`)}</Badge>,
      },
      { key: 'amount', label: t('operations.amount'), align: 'end', render: ({ amount }) => money(amount) },
      { key: 'withdrawn', label: t('operations.withdrawn'), align: 'end', render: ({ withdrawn }) => money(withdrawn) },
      { key: 'reason', label: t('operations.reason'), render: ({ reason }) => reason },
      {
        key: 'respondBy',
        label: t('operations.respondBy'),
        render: ({ respondBy }) => respondBy && formatInstant(respondBy),
      },
      {
        key: 'links',
        label: t('operations.concerns'),
        render: ({ orderId, userId }) => (
          <span className={cells['actions']}>
            {orderId ? <Link to={orderPath(orderId)}>{t('books.order')}</Link> : t('operations.topUp')}
            <Link to={customerPath(userId)}>{t('books.customer')}</Link>
          </span>
        ),
      },
      {
        key: 'id',
        label: t('operations.disputeId'),
        render: ({ disputeId }) => <span className={cells['id']}>{disputeId}</span>,
      },
    ],
    [t],
  );
  return (
    <>
      <div className={styles['bar']}>
        <NativeSelect
          label={t('operations.show')}
          value={state ?? ''}
          data={[
            { value: '', label: t('operations.disputes.all') },
            ...STATES.map((value) => ({ value, label: t(`operations.disputes.${value}`) })),
          ]}
          onChange={({ currentTarget }) => setFilter('state', currentTarget.value)}
        />
        <p>{t('operations.disputesText')}</p>
      </div>
      <PagedTable
        label={t('operations.tab.disputes')}
        query={useDisputePages(state)}
        columns={columns}
        rowKey={rowKey}
        empty={{ title: t('operations.noDisputes') }}
      />
    </>
  );
}

const rowKey = ({ disputeId }: Dispute) => disputeId;
