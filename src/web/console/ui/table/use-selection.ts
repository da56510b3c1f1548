import { useCallback, useRef } from 'react';

interface SelectionOptions {
  /** Keys of all rows, in the order shown. */
  readonly keys: readonly string[];
  readonly selected: ReadonlySet<string> | undefined;
  readonly onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
}

/** Selects rows: one by one, all, or those between two. */
export function useSelection({ keys, selected, onSelect }: SelectionOptions) {
  /** Where a range begins: the row that was selected or unselected last. */
  const anchor = useRef<string | undefined>(undefined);

  const toggle = useCallback(
    (key: string, extendsRange: boolean) => {
      if (!onSelect) return;
      const next = new Set(selected);
      const from = extendsRange && anchor.current !== undefined ? keys.indexOf(anchor.current) : -1;
      const to = keys.indexOf(key);
      if (from >= 0 && to >= 0) {
        for (const between of keys.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(between);
      } else if (!next.delete(key)) {
        next.add(key);
      }
      anchor.current = key;
      onSelect(next);
    },
    [keys, selected, onSelect],
  );

  const count = selected ? keys.filter((key) => selected.has(key)).length : 0;
  const areAllSelected = keys.length > 0 && count === keys.length;
  const toggleAll = () => onSelect?.(areAllSelected ? new Set() : new Set(keys));
  return { toggle, toggleAll, areAllSelected, areSomeSelected: count > 0 && !areAllSelected };
}
