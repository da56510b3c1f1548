import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.ts';
import { formatInstant } from '../../ui/format.ts';
import cells from '../ui/table/cells.module.css';
import type { Column } from '../ui/table/data-table.tsx';
import { PagedTable } from '../ui/table/paged-table.tsx';
import { useFilters } from '../use-filters.ts';
import { AuditFilters } from './audit-filters.tsx';
import { useAuditPages } from './queries.ts';

type Entry = Schemas['AuditEntryResponse'];

const SECONDS: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'medium' };

/** Who did what, to what, and when. */
export function AuditLog() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('actor', 'subject', 'from', 'to');
  const columns = useMemo<Column<Entry>[]>(
    () => [
      { key: 'at', label: t('operations.at'), render: ({ at }) => formatInstant(at, SECONDS) },
      { key: 'action', label: t('operations.action'), render: ({ action }) => action },
      {
        key: 'by',
        label: t('operations.by'),
        render: ({ by, byRole }) => <Person id={by} role={byRole} onShow={(actor) => setFilter('actor', actor)} />,
      },
      {
        key: 'subject',
        label: t('operations.subject'),
        render: ({ subject }) => <FilterButton id={subject} onShow={() => setFilter('subject', subject)} />,
      },
      {
        key: 'details',
        label: t('operations.details'),
        render: ({ details, requestId }) => (
          <span className={cells['text']}>
            {textOf(details)} <span className={cells['soft']}>{t('operations.request', { id: requestId })}</span>
          </span>
        ),
      },
    ],
    [t, setFilter],
  );
  return (
    <>
      <AuditFilters key={`${filters.actor} ${filters.subject}`} filters={filters} setFilter={setFilter} />
      <PagedTable
        label={t('operations.tab.audit')}
        query={useAuditPages(filters)}
        columns={columns}
        rowKey={rowKey}
        empty={{ title: t('operations.noEntries'), text: t('operations.noEntriesText') }}
      />
    </>
  );
}

const rowKey = ({ entryId }: Entry) => entryId;

function Person({ id, role, onShow }: { id?: string; role?: string; onShow: (id: string) => void }) {
  const { t } = useTranslation('console');
  if (id === undefined) return t('operations.notSignedIn');
  return (
    <>
      <FilterButton id={id} onShow={() => onShow(id)} /> <span className={cells['soft']}>{role}</span>
    </>
  );
}

/** An id that narrows the list to its entries. */
function FilterButton({ id, onShow }: { id: string; onShow: () => void }) {
  const { t } = useTranslation('console');
  return (
    <button type="button" className={cells['link']} title={t('operations.narrow')} onClick={onShow}>
      {id}
    </button>
  );
}

function textOf(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}
