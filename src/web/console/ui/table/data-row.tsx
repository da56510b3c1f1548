import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column.ts';

interface DataRowProps<T> {
  readonly row: T;
  readonly index: number;
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly opens: boolean;
  readonly isActive: boolean;
  /** Undefined if rows cannot be selected. */
  readonly isSelected: boolean | undefined;
  readonly onToggle: (index: number, extendsRange: boolean) => void;
  readonly measure: (row: HTMLTableRowElement | null) => void;
}

function Row<T>({ row, index, label, columns, opens, isActive, isSelected, onToggle, measure }: DataRowProps<T>) {
  const { t } = useTranslation('console');
  const isFocusable = opens || isSelected !== undefined;
  return (
    <tr
      ref={measure}
      data-index={index}
      // The head is the first.
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-opens={opens || undefined}
      tabIndex={isFocusable ? (isActive ? 0 : -1) : undefined}
    >
      {isSelected !== undefined && (
        <td>
          <input
            type="checkbox"
            aria-label={t('table.select', { row: label })}
            tabIndex={isActive ? 0 : -1}
            checked={isSelected}
            onChange={({ nativeEvent }) => onToggle(index, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
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
}

/** One row. Drawn again only if something of it changes, because many rows scroll by. */
export const DataRow = memo(Row) as typeof Row;
