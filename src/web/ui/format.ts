import i18next from 'i18next';

/** Facts of the dairy that every figure on a page depends on. Set once, when the app has loaded them. */
let currency = 'INR';
let timeZone = 'Asia/Kolkata';

export function setDairyFormats(facts: { currency: string; timeZone: string }): void {
  ({ currency, timeZone } = facts);
}

// Latin digits also in Hindi, as on Indian price tags.
const locale = () => (i18next.language === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN');

export function money(amount: number): string {
  const minimumFractionDigits = Number.isInteger(amount) ? 0 : 2;
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    minimumFractionDigits,
    maximumFractionDigits: 2,
  }).format(amount);
}

/** A local date as a Date at noon UTC, so that formatting in UTC shows that date. */
const atNoon = (date: string) => new Date(`${date}T12:00:00Z`);

export function formatDate(
  date: string,
  options: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' },
): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(atNoon(date));
}

export function formatInstant(instant: string, options: Intl.DateTimeFormatOptions = DATE_AND_TIME): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone }).format(new Date(instant));
}

export const DATE_AND_TIME: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
};

export function formatTime(localTime: string): string {
  const [hour = 0, minute = 0] = localTime.split(':').map(Number);
  const at = new Date(Date.UTC(2000, 0, 1, hour, minute));
  return new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(at);
}

/** Names of the weekdays, Monday first. */
export function weekdayNames(width: 'short' | 'narrow' | 'long'): string[] {
  return Array.from({ length: 7 }, (_, index) => formatDate(`2024-01-0${index + 1}`, { weekday: width }));
}

/** Today's date where the dairy is. */
export function today(now: number = Date.now()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
}

export function addDays(date: string, days: number): string {
  const at = atNoon(date);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

export function addMonths(month: string, months: number): string {
  const at = atNoon(`${month}-01`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 7);
}

/** 0 for Monday. */
export function weekdayIndex(date: string): number {
  return (atNoon(date).getUTCDay() + 6) % 7;
}

export function daysInMonth(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

/** The instant of a local time at the dairy. */
export function instantOf(date: string, localTime: string): Date {
  const guess = new Date(`${date}T${localTime}:00Z`);
  // Twice, because the offset at the guess may differ from the one at the result.
  const first = new Date(guess.getTime() - offsetAt(guess));
  return new Date(guess.getTime() - offsetAt(first));
}

/** Milliseconds by which the dairy's clock is ahead of UTC. */
function offsetAt(instant: Date): number {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant);
  return new Date(`${local.replace(' ', 'T')}Z`).getTime() - Math.floor(instant.getTime() / 1_000) * 1_000;
}
