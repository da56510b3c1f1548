import { useMemo, useState } from 'react';

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

interface Sortable<T> {
  readonly key: string;
  readonly sortBy?: (row: T) => string | number;
}

/** The rows in the order that the reader chose; until then, in their own. */
export function useSort<T>(rows: readonly T[], columns: readonly Sortable<T>[]) {
  const [sort, setSort] = useState<Sort>();
  const sorted = useMemo(() => {
    const sortBy = columns.find(({ key }) => key === sort?.key)?.sortBy;
    if (!sortBy) return rows;
    const direction = sort?.descending ? -1 : 1;
    const keyed = rows.map((row) => ({ row, by: sortBy(row) }));
    return keyed.sort((one, other) => direction * compare(one.by, other.by)).map(({ row }) => row);
  }, [rows, columns, sort]);
  return { sorted, sort, setSort };
}

const { compare: compareTexts } = new Intl.Collator(undefined, { numeric: true });

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : compareTexts(String(one), String(other));
}
