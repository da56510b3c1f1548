import type { LocalDate } from '../../../kernel/calendar';

/** A financial year, whose invoices are numbered without gaps from 1: `2026-27`, or `2026` if it begins in January. */
export type Series = string;

const DIGITS = 6;
/** Begins the numbers of credit notes, which have a series of their own in each financial year. */
const CREDIT_NOTES = 'C';
const JANUARY = 1;
/** The series of what is no number. No financial year has this name. */
const NO_SERIES = '?';

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

/** The series of the credit notes of a financial year: `2026-27/C`. */
export function creditNoteSeriesOf(date: LocalDate, firstMonth: number): Series {
  return `${seriesOf(date, firstMonth)}/${CREDIT_NOTES}`;
}

/** At most 16 characters, up to nine million credit notes a year. */
export function creditNoteNumberOf(series: Series, position: number): string {
  return `${series}${String(position).padStart(DIGITS, '0')}`;
}

/** The series of a number, and its place in it, which is 0 if it is no number of an invoice or a credit note. */
export function placeOf(number: string): { readonly series: Series; readonly position: number } {
  const [, series = NO_SERIES, letter = '', digits = ''] = /^(.+)\/(\D?)(\d+)$/.exec(number) ?? [];
  return { series: letter === '' ? series : `${series}/${letter}`, position: Number(digits) };
}
