import { addDays, type LocalDate } from '../../../kernel/calendar';

/** The month in which the first version began to count. */
const FIRST_MONTH = '2025-01';

/** `YYYY-MM` */
export function monthOf(date: LocalDate): string {
  return date.slice(0, FIRST_MONTH.length);
}

export function nextMonthOf(month: string): string {
  return monthOf(addDays(`${month}-28`, 4));
}

/** Every month with figures before another one. */
export function monthsBefore(end: string): string[] {
  const months: string[] = [];
  for (let month = FIRST_MONTH; month < end; month = nextMonthOf(month)) months.push(month);
  return months;
}
