import { Fragment, type KeyboardEvent, type MouseEvent, useCallback, useMemo, useRef } from 'react';
import type { Column } from './column.ts';
import { DataHead } from './data-head.tsx';
import { DataRow } from './data-row.tsx';
import styles from './data-table.module.css';
import { rowIndexOf, targetOf, useActiveRow } from './use-active-row.ts';
import { useSelection } from './use-selection.ts';
import { useSort } from './use-sort.ts';
import { useStableWidths } from './use-stable-widths.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

export type { Column } from './column.ts';

interface DataTableProps<T> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** What people call a row. Default: its key. */
  readonly rowLabel?: (row: T) => string;
  /** Called for a row that is clicked or opened with Enter. */
  readonly onOpen?: (row: T) => void;
  /** Keys of the selected rows. With `onSelect`, each row has a checkbox. */
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
}

/** More rows than fit on a screen. */
const MANY_ROWS = 60;
const CONTROLS = 'a, button, input, select, textarea, label';

/**
 * A table that can be sorted, and whose rows can be selected and opened, also by keyboard. Only the rows in view are in
 * the document, so it can have thousands.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowKey, rowLabel = rowKey, onOpen, selected, onSelect } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const { sorted, sort, setSort } = useSort(rows, columns);
  const keys = useMemo(() => sorted.map(rowKey), [sorted, rowKey]);
  const indexOf = useMemo(() => new Map(keys.map((key, index) => [key, index])), [keys]);
  const { activeIndex, moveTo, onFocus } = useActiveRow({ body, indexOf, keys });
  const { toggle, toggleAll, areAllSelected, areSomeSelected } = useSelection({ keys, selected, onSelect });
  const { scroller, shown, gapBelow, rowsPerScreen, measure, scrollTo } = useVirtualRows(sorted.length, activeIndex);
  useStableWidths(scroller, sorted.length > MANY_ROWS);

  const onToggle = useCallback(
    (index: number, extendsRange: boolean) => toggle(keys[index] ?? '', extendsRange),
    [keys, toggle],
  );
  const open = (index: number | undefined) => {
    const row = index === undefined ? undefined : sorted[index];
    if (row !== undefined) onOpen?.(row);
  };
  const onClick = ({ target }: MouseEvent) => {
    if (target instanceof Element && !target.closest(CONTROLS)) open(rowIndexOf(target));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys in a control of a row belong to the control.
    if (!(event.target instanceof HTMLTableRowElement)) return;
    const target = targetOf(event, activeIndex, sorted.length, rowsPerScreen);
    if (target !== undefined) {
      scrollTo(target);
      moveTo(target);
    } else if (event.key === 'Enter') {
      open(activeIndex);
    } else if (event.key === ' ' && onSelect) {
      onToggle(activeIndex, event.shiftKey);
    } else {
      return;
    }
    event.preventDefault();
  };

  const isInteractive = onOpen !== undefined || onSelect !== undefined;
  const span = columns.length + (onSelect ? 1 : 0);
  return (
    <div
      ref={scroller}
      className={styles['scroll']}
      {...(!isInteractive && { role: 'region', 'aria-label': label, tabIndex: 0 })}
    >
      <table
        className={styles['table']}
        aria-label={label}
        role={isInteractive ? 'grid' : undefined}
        aria-multiselectable={onSelect && true}
        aria-rowcount={sorted.length + 1}
      >
        <DataHead
          columns={columns}
          sort={sort}
          onSort={setSort}
          selection={onSelect && { all: areAllSelected, some: areSomeSelected, toggle: toggleAll }}
        />
        <tbody ref={body} onClick={onClick} onKeyDown={onKeyDown} onFocus={onFocus}>
          {shown.map(({ index, gap }) => {
            const row = sorted[index];
            const key = keys[index];
            if (row === undefined || key === undefined) return null;
            return (
              <Fragment key={key}>
                <Gap height={gap} span={span} />
                <DataRow
                  row={row}
                  index={index}
                  label={rowLabel(row)}
                  columns={columns}
                  opens={onOpen !== undefined}
                  isActive={index === activeIndex}
                  isSelected={onSelect && (selected?.has(key) ?? false)}
                  onToggle={onToggle}
                  measure={measure}
                />
              </Fragment>
            );
          })}
          <Gap height={gapBelow} span={span} />
        </tbody>
      </table>
    </div>
  );
}

/** The place of rows that are not in the document. */
function Gap({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className={styles['gap']}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}
