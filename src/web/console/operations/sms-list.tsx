import { TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { formatInstant, today } from '../../ui/format.ts';
import { Badge, type Tone } from '../../ui/page.tsx';
import { customerPath } from '../links.ts';
import cells from '../ui/table/cells.module.css';
import type { Column } from '../ui/table/data-table.tsx';
import { PagedTable } from '../ui/table/paged-table.tsx';
import { useFilters } from '../use-filters.ts';
import styles from './operations.module.css';
import { useSmsPages } from './queries.ts';

type Sms = Schemas['SmsResponse'];

const TONES: Partial<Record<Sms['status'], Tone>> = { DELIVERED: 'good', FAILED: 'bad', UNKNOWN: 'warn' };

/** The SMS that the provider accepted on a date. */
export function SmsList() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('date');
  const date = filters.date ?? today();
  const columns = useMemo<Column<Sms>[]>(
    () => [
      { key: 'at', label: t('operations.sentAt'), render: ({ sentAt }) => formatInstant(sentAt) },
      { key: 'type', label: t('operations.message'), render: ({ type }) => type },
      {
        key: 'to',
        label: t('operations.recipient'),
        render: ({ userId }) => <Link to={customerPath(userId)}>{userId}</Link>,
      },
      {
        key: 'status',
        label: t('operations.status'),
        render: ({ status }) => <Badge tone={TONES[status] ?? 'plain'}>{t(`operations.smsStatus.${status}`)}</Badge>,
      },
      {
        key: 'reason',
        label: t('operations.carrier'),
        render: ({ reason }) => <span className={cells['text']}>{reason}</span>,
      },
      { key: 'parts', label: t('operations.smsParts'), align: 'end', render: ({ parts }) => parts },
    ],
    [t],
  );
  return (
    <>
      <div className={styles['bar']}>
        <TextInput
          type="date"
          label={t('operations.date')}
          value={date}
          max={today()}
          onChange={({ currentTarget }) => setFilter('date', currentTarget.value)}
        />
        <p>{t('operations.smsText')}</p>
      </div>
      <PagedTable
        label={t('operations.tab.sms')}
        query={useSmsPages(date)}
        columns={columns}
        rowKey={rowKey}
        empty={{ title: t('operations.noSms') }}
      />
    </>
  );
}

const rowKey = ({ messageId }: Sms) => messageId;
