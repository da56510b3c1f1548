import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult, InfiniteData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Page } from '../../../api/client.ts';
import { EmptyState, Loaded, Rows } from '../../../ui/states.tsx';
import { type Column, DataTable } from './data-table.tsx';

interface PagedTableProps<T> {
  readonly label: string;
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly empty: { readonly title: string; readonly text?: string };
}

/** A long list as a table, page by page. */
export function PagedTable<T>({ label, query, columns, rowKey, empty }: PagedTableProps<T>) {
  const { t } = useTranslation('translation');
  return (
    <Loaded query={query} rows={<Rows count={6} height={40} />}>
      {({ pages }) => {
        const rows = pages.flatMap(({ items }) => items);
        return (
          <>
            {rows.length === 0 && !query.hasNextPage ? (
              <EmptyState {...empty} />
            ) : (
              <DataTable label={label} columns={columns} rows={rows} rowKey={rowKey} />
            )}
            {query.hasNextPage && (
              <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('common.showMore')}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
