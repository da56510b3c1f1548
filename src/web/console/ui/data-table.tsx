import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './data-table.module.css';

export interface Column<T> {
  readonly key: string;
  readonly label: string;
  readonly render: (row: T) => ReactNode;
  /** Makes the column sortable. */
  readonly sortBy?: (row: T) => string | number;
  readonly align?: 'end';
}

interface DataTableProps<T> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** Called for a row that is clicked or opened with Enter. */
  readonly onOpen?: (row: T) => void;
  /** Keys of the selected rows. With `onSelect`, each row has a checkbox. */
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
}

/** A table that can be sorted, and whose rows can be selected and opened. */
export function DataTable<T>({ label, columns, rows, rowKey, onOpen, selected, onSelect }: DataTableProps<T>) {
  const { t } = useTranslation('console');
  const [sort, setSort] = useState<{ readonly key: string; readonly descending: boolean }>();
  const sorted = useMemo(() => {
    const sortBy = columns.find(({ key }) => key === sort?.key)?.sortBy;
    if (!sortBy) return rows;
    const inOrder = rows.toSorted((a, b) => compare(sortBy(a), sortBy(b)));
    return sort?.descending ? inOrder.toReversed() : inOrder;
  }, [rows, columns, sort]);
  const toggle = (key: string) => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect?.(next);
  };
  const areAllSelected = rows.length > 0 && rows.every((row) => selected?.has(rowKey(row)));
  return (
    <div className={styles['scroll']} role="region" aria-label={label} tabIndex={0}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {onSelect && (
              <th>
                <input
                  type="checkbox"
                  aria-label={t('table.selectAll')}
                  checked={areAllSelected}
                  onChange={() => onSelect(areAllSelected ? new Set() : new Set(rows.map(rowKey)))}
                />
              </th>
            )}
            {columns.map((column) => {
              const direction = sort?.key === column.key ? (sort.descending ? 'descending' : 'ascending') : undefined;
              return (
                <th key={column.key} aria-sort={direction} data-align={column.align}>
                  {column.sortBy ? (
                    <button
                      type="button"
                      onClick={() => setSort({ key: column.key, descending: direction === 'ascending' })}
                    >
                      {column.label}
                      <span aria-hidden="true">{direction === 'descending' ? ' ↓' : direction ? ' ↑' : ''}</span>
                    </button>
                  ) : (
                    column.label
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                data-opens={onOpen ? true : undefined}
                tabIndex={onOpen && 0}
                onClick={() => onOpen?.(row)}
                onKeyDown={({ key: pressed, target, currentTarget }) =>
                  pressed === 'Enter' && target === currentTarget && onOpen?.(row)
                }
              >
                {onSelect && (
                  <td onClick={(event) => event.stopPropagation()}>
                    <input
                      type="checkbox"
                      aria-label={t('table.select', { row: key })}
                      checked={selected?.has(key) ?? false}
                      onChange={() => toggle(key)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} data-align={column.align}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}
