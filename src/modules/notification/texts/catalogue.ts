import type { en } from './en';

export type TextKey = keyof typeof en.texts;

/** The texts of one language, and how it writes dates and times. */
export interface Catalogue {
  /** Of dates, times and lists. */
  readonly locale: string;
  readonly timeFormat: Readonly<Intl.DateTimeFormatOptions>;
  /** ICU messages. */
  readonly texts: Readonly<Record<TextKey, string>>;
}
