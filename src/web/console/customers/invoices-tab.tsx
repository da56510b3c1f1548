import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.ts';
import { formatDate, formatInstant, money } from '../../ui/format.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { useInvoicePages } from './queries.ts';

type Invoice = Schemas['InvoiceResponse'];
const SHORT: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };

const numberOf = ({ invoiceNumber, creditNoteNumber }: Invoice) => creditNoteNumber ?? invoiceNumber;

export function InvoicesTab({ userId }: { userId: string }) {
  const { t } = useTranslation('console');
  const invoices = useInvoicePages(userId);
  const columns: Column<Invoice>[] = [
    { key: 'number', label: t('invoices.number'), render: numberOf },
    { key: 'kind', label: t('invoices.kind'), render: ({ kind }) => t(`invoices.kinds.${kind}`) },
    {
      key: 'issued',
      label: t('invoices.issued'),
      render: ({ issuedAt }) => formatInstant(issuedAt, { dateStyle: 'medium' }),
    },
    {
      key: 'period',
      label: t('invoices.period'),
      render: ({ from, to }) => [...new Set([from, to])].map((date) => formatDate(date, SHORT)).join(' – '),
    },
    { key: 'total', label: t('wallet.amount'), align: 'end', render: ({ total }) => money(total) },
    {
      key: 'file',
      label: t('invoices.file'),
      render: (invoice) =>
        invoice.url ? (
          <a
            href={invoice.url}
            target="_blank"
            rel="noreferrer"
            aria-label={t('invoices.open', { number: numberOf(invoice) })}
          >
            {t('invoices.pdf')}
          </a>
        ) : (
          t('invoices.pending')
        ),
    },
  ];
  return (
    <>
      <Loaded query={invoices}>
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          if (all.length === 0 && !invoices.hasNextPage) {
            return <EmptyState title={t('invoices.empty')} text={t('invoices.emptyText')} />;
          }
          return <DataTable label={t('customer.invoices')} columns={columns} rows={all} rowKey={numberOf} />;
        }}
      </Loaded>
      <MoreButton pages={invoices} />
    </>
  );
}
