import { IntlMessageFormat, MissingValueError } from 'intl-messageformat';
import { Temporal } from 'temporal-polyfill';
import { type Instant, type LocalDate, millisecondsOf, parseDate, parseInstant } from '../../../kernel/calendar';
import type { Language } from '../../../kernel/language';
import { toMajorUnits } from '../../../kernel/money';
import type { Catalogue, TextKey } from './catalogue';
import { en } from './en';
import { hi } from './hi';

/** The catalogue of each language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, hi };

/** The words that a text needs. One that is undefined is missing. */
export type Values = Readonly<Record<string, string | number | undefined>>;

/** Where and in which currency the dairy does business. */
export interface Locality {
  readonly currency: string;
  /** Two-letter code. Countries write amounts differently. */
  readonly country: string;
  readonly timeZone: string;
}

/** A line of an order, or how many more there are. */
type ShownLine = { readonly qty: number; readonly name?: string } | { readonly more: number };

interface ShownStop {
  readonly deliverySlot: Instant;
  readonly items: readonly ShownLine[];
}

interface ShownSkip {
  readonly reason: string;
  readonly items: readonly ShownLine[];
}

/** Line breaks and other control characters, which would let a name write lines of its own into a mail. */
const CONTROL_CHARACTERS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Spaces that do not break. An SMS with one of them holds less than half as many characters. */
const SPECIAL_SPACES = /[\u00a0\u202f]/g;

/**
 * Puts texts, amounts and dates into the words of one language. Values of queued messages are unchecked, and earlier
 * versions wrote some of them as text: text is kept as it is, and any other value is missing.
 */
export class Wording {
  private readonly messages = new Map<TextKey, IntlMessageFormat>();
  private readonly catalogue: Catalogue;
  private readonly amounts: Intl.NumberFormat;
  private readonly dates: Intl.DateTimeFormat;
  private readonly times: Intl.DateTimeFormat;
  private readonly lists: Intl.ListFormat;

  constructor(
    readonly language: Language,
    private readonly locality: Locality,
  ) {
    const { currency, country, timeZone } = locality;
    this.catalogue = CATALOGUES[language];
    const { locale, timeFormat } = this.catalogue;
    this.amounts = new Intl.NumberFormat(`${language}-${country}`, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      trailingZeroDisplay: 'stripIfInteger',
    });
    this.dates = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone });
    this.times = new Intl.DateTimeFormat(locale, { ...timeFormat, timeZone });
    this.lists = new Intl.ListFormat(locale);
  }

  /** A text with its values, on one line. Undefined if it lacks a value. */
  say(key: TextKey, values: Values = {}): string | undefined {
    try {
      return String(this.messageOf(key).format(present(values)));
    } catch (error) {
      if (error instanceof MissingValueError) return undefined;
      throw error;
    }
  }

  /** The first of several texts that lacks no value. */
  sayFirst(keys: readonly TextKey[], values: Values): string | undefined {
    for (const key of keys) {
      const text = this.say(key, values);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** An amount of minor units: `₹84`, `₹49.50`. */
  amount(minor: unknown): string | undefined {
    return typeof minor === 'number' ? plain(this.amounts.format(toMajorUnits(minor))) : textOf(minor);
  }

  /** A local date: `Tuesday 1 December`. */
  date(value: unknown): string | undefined {
    const date = parseDate(value);
    return date === undefined ? textOf(value) : plain(this.dates.format(this.startOf(date)));
  }

  /** The local time of an instant: `6:30 am`. */
  time(value: unknown): string | undefined {
    const instant = parseInstant(value);
    return instant === undefined ? textOf(value) : this.timeOf(instant);
  }

  /** An instant: `Tuesday 1 December, 6:30 am`. */
  moment(value: unknown): string | undefined {
    const instant = parseInstant(value);
    if (instant === undefined) return textOf(value);
    const date = plain(this.dates.format(millisecondsOf(instant)));
    return this.say('moment', { date, time: this.timeOf(instant) });
  }

  /** Lines of an order: `2 × Curd and 1 × Ghee`. Missing if there are none. */
  lines(value: unknown): string | undefined {
    return this.list(value as readonly ShownLine[], (line) =>
      'more' in line
        ? this.say('more_products', { count: line.more })
        : this.say('line', { qty: String(line.qty), product: line.name ?? this.say('unnamed_product') }),
    );
  }

  /** Deliveries of a day: `1 × Milk at 6:30 am and 1 × Curd at 5 pm`. */
  stops(value: unknown): string | undefined {
    return this.list(value as readonly ShownStop[], ({ deliverySlot, items }) =>
      this.say('day_stop', { time: this.time(deliverySlot), items: this.lines(items) }),
    );
  }

  /** What does not come, and why: `1 × Curd (sold out)`. */
  skips(value: unknown): string | undefined {
    return this.list(value as readonly ShownSkip[], ({ reason, items }) =>
      this.sayFirst(['day_skipped_items', 'day_skipped_unknown'], { reason, items: this.lines(items) }),
    );
  }

  private list<T>(value: readonly T[] | undefined, say: (entry: T) => string | undefined): string | undefined {
    if (!Array.isArray(value)) return textOf(value);
    const texts = (value as readonly T[]).map(say).filter((text) => text !== undefined);
    return textOf(this.lists.format(texts));
  }

  private timeOf(instant: Instant): string {
    return plain(this.times.format(millisecondsOf(instant)));
  }

  private startOf(date: LocalDate): number {
    return Temporal.PlainDate.from(date).toZonedDateTime(this.locality.timeZone).epochMilliseconds;
  }

  private messageOf(key: TextKey): IntlMessageFormat {
    const known = this.messages.get(key);
    if (known) return known;
    const { locale, texts } = this.catalogue;
    const message = new IntlMessageFormat(texts[key], locale, undefined, { ignoreTag: true });
    this.messages.set(key, message);
    return message;
  }
}

/** A text on one line. */
export function onOneLine(text: string): string {
  return text.replace(CONTROL_CHARACTERS, ' ');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function plain(text: string): string {
  return text.replace(SPECIAL_SPACES, ' ');
}

function present(values: Values): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? onOneLine(value) : value]],
    ),
  );
}
