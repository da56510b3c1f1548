import { useTranslation } from 'react-i18next';
import type { Column } from './column.ts';
import type { Sort } from './use-sort.ts';

interface DataHeadProps<T> {
  readonly columns: readonly Column<T>[];
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort) => void;
  /** Undefined if rows cannot be selected. */
  readonly selection: { readonly all: boolean; readonly some: boolean; readonly toggle: () => void } | undefined;
}

export function DataHead<T>({ columns, sort, onSort, selection }: DataHeadProps<T>) {
  const { t } = useTranslation('console');
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection && (
          <th>
            <input
              type="checkbox"
              aria-label={t('table.selectAll')}
              checked={selection.all}
              ref={(box) => {
                if (box) box.indeterminate = selection.some;
              }}
              onChange={selection.toggle}
            />
          </th>
        )}
        {columns.map(({ key, label, sortBy, align }) => {
          const direction = sort?.key === key ? (sort.descending ? 'descending' : 'ascending') : undefined;
          return (
            <th key={key} aria-sort={direction} data-align={align}>
              {sortBy ? (
                <button type="button" onClick={() => onSort({ key, descending: direction === 'ascending' })}>
                  {label}
                  <span aria-hidden="true">{direction === 'descending' ? ' ↓' : direction ? ' ↑' : ''}</span>
                </button>
              ) : (
                label
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
