import type { LocalDate } from '../../../kernel/calendar';

/** A financial year, whose invoices are numbered without gaps from 1: `2026-27`, or `2026` if it begins in January. */
export type Series = string;

const DIGITS = 6;
const JANUARY = 1;

/** The financial year of a date. `firstMonth` is the month in which financial years begin, 1 to 12. */
export function seriesOf(date: LocalDate, firstMonth: number): Series {
  const [year, month] = date.split('-').map(Number) as [number, number];
  if (firstMonth === JANUARY) return String(year);
  const first = month >= firstMonth ? year : year - 1;
  return `${first}-${String((first + 1) % 100).padStart(2, '0')}`;
}

/** At most 16 characters, as Indian invoices must have. */
export function invoiceNumberOf(series: Series, position: number): string {
  return `${series}/${String(position).padStart(DIGITS, '0')}`;
}
