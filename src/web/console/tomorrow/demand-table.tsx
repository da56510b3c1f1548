import { useTranslation } from 'react-i18next';
import { formatDate } from '../../ui/format.ts';
import { Badge } from '../../ui/page.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import type { ProductDemand } from './demand.ts';

interface DemandTableProps {
  readonly products: readonly ProductDemand[];
  readonly dates: readonly string[];
}

export function DemandTable({ products, dates }: DemandTableProps) {
  const { t } = useTranslation('console');
  return (
    <DataTable
      label={t('demand.title')}
      columns={[
        {
          key: 'name',
          label: t('units.product'),
          render: ({ name, isOnSale }) => (
            <>
              {name} {!isOnSale && <Badge tone="warn">{t('demand.notOnSale')}</Badge>}
            </>
          ),
          sortBy: ({ name }) => name,
        },
        ...dates.map((date) => ({
          key: date,
          label: formatDate(date, { weekday: 'short', day: 'numeric', month: 'short' }),
          align: 'end' as const,
          render: ({ units }: ProductDemand) => units.get(date) ?? 0,
          sortBy: ({ units }: ProductDemand) => units.get(date) ?? 0,
        })),
        {
          key: 'total',
          label: t('demand.total'),
          align: 'end',
          render: ({ total }) => <b>{total}</b>,
          sortBy: ({ total }) => total,
        },
      ]}
      rows={products}
      rowKey={({ productId }) => productId}
    />
  );
}
