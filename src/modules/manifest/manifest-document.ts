import type { Content, TableCell } from 'pdfmake';
import { type Instant, millisecondsOf } from '../../kernel/calendar';
import { orderNumberOf } from '../../kernel/ids';
import type { Language } from '../../kernel/language';
import { type MinorUnits, toMajorUnits } from '../../kernel/money';
import type { PdfDocument } from '../../platform/pdf/pdf-renderer.service';
import type { ManifestLine, ManifestOrder, Stop } from './domain/manifest';
import type { DescribedAmendment, DescribedChange, NumberedManifest } from './domain/numbered-manifest';
import { MANIFEST_TEXTS, nameOf, onOneLine } from './manifest-texts';

/** Where, and in which language, a manifest is printed. */
export interface PrintSettings {
  readonly dairyName: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly currency: string;
}

const LOCALES = { en: 'en-IN', hi: 'hi-IN' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
type Line = { readonly text: string; readonly bold?: boolean; readonly fontSize?: number };

/** Of the column of items, with room to spare. A page has 60 lines. */
const CHARACTERS_PER_LINE = 24;
const MAX_ROW_LINES = 40;
/** A list of products that is longer is printed in two columns. */
const SHORT_LOAD = 5;

/** The printed manifest of a courier: what to load, then each stop with a box to tick. It needs no colours. */
export function manifestDocument(manifest: NumberedManifest, settings: PrintSettings): PdfDocument {
  return new ManifestPrint(manifest, settings).document();
}

class ManifestPrint {
  private readonly texts: (typeof MANIFEST_TEXTS)[Language];
  private readonly money: Intl.NumberFormat;
  private readonly times: Intl.DateTimeFormat;

  constructor(
    private readonly manifest: NumberedManifest,
    private readonly settings: PrintSettings,
  ) {
    const { language, currency, timeZone } = settings;
    const locale = LOCALES[language];
    this.texts = MANIFEST_TEXTS[language];
    this.money = new Intl.NumberFormat(locale, { style: 'currency', currency });
    this.times = new Intl.DateTimeFormat(locale, { ...TIME, timeZone });
  }

  document(): PdfDocument {
    const { courierName, date, load, stops, amendments } = this.manifest;
    const { texts } = this;
    const name = [texts.title, date, courierName, ...this.numberText()].join(' · ');
    return {
      title: name,
      footer: `${this.settings.dairyName} · ${name}`,
      content: [
        this.header(),
        this.summary(),
        ...amendments.map((amendment) => this.amendment(amendment)),
        ...(stops.length === 0 ? [texts.nothing] : [...this.load(load), this.stops(stops)]),
      ],
    };
  }

  private header(): Content {
    const { courierName, date, readAt, isDraft } = this.manifest;
    const dates = new Intl.DateTimeFormat(LOCALES[this.settings.language], { dateStyle: 'full', timeZone: 'UTC' });
    return {
      columns: [
        {
          stack: [
            { text: courierName, bold: true, fontSize: 16 },
            // Noon, so that the date is the same in UTC.
            { text: dates.format(millisecondsOf(`${date}T12:00:00Z`)), bold: true, fontSize: 12 },
          ],
        },
        {
          stack: [
            { text: [this.texts.title, ...this.numberText()].join(' '), bold: true, fontSize: 16 },
            ...(isDraft ? [{ text: this.texts.draft, bold: true }] : []),
            this.settings.dairyName,
            `${this.texts.asOf} ${this.momentOf(readAt)}`,
          ],
          alignment: 'right',
        },
      ],
    };
  }

  /** A draft and an empty sheet have no number. */
  private numberText(): string[] {
    const { number } = this.manifest;
    return number === undefined ? [] : [`${this.texts.number} ${number}`];
  }

  private summary(): Content {
    const { stops, orders, toCollect } = this.manifest;
    const { texts } = this;
    const parts = [`${texts.stops}: ${stops.length}`, `${texts.orders}: ${orders.length}`];
    return {
      text: [...parts, `${texts.toCollect}: ${this.amount(toCollect)}`].join('   ·   '),
      fontSize: 11,
      margin: [0, 8, 0, 8],
    };
  }

  private amendment({ number, changes, omitted }: DescribedAmendment): Content {
    const { texts } = this;
    const lines = changes.map((change) => this.changeText(change));
    return {
      stack: [
        { text: texts.changes(number - 1, number), bold: true },
        { ul: omitted > 0 ? [...lines, texts.moreChanges(omitted)] : lines },
      ],
      margin: [0, 0, 0, 8],
    };
  }

  private changeText(change: DescribedChange): string {
    const { texts } = this;
    const stop = change.sequence === undefined ? [] : [`${texts.stop} ${change.sequence}`];
    const where = [...stop, ...(change.customerName ? [change.customerName] : []), orderNumberOf(change.orderId)];
    return `${this.changeKind(change)}: ${where.join(', ')}`;
  }

  private changeKind(change: DescribedChange): string {
    const { texts } = this;
    if (change.type === 'ADDED') return texts.added;
    if (change.type === 'REMOVED') return texts.removed[change.reason];
    return `${texts.changed} (${change.fields.map((field) => texts.fields[field]).join(', ')})`;
  }

  private load(lines: readonly ManifestLine[]): Content[] {
    const half = lines.length > SHORT_LOAD ? Math.ceil(lines.length / 2) : lines.length;
    const columns = [lines.slice(0, half), lines.slice(half)].filter((column) => column.length > 0);
    return [
      { text: this.texts.load, bold: true, fontSize: 12 },
      { columns: columns.map(loadTable), columnGap: 16, margin: [0, 2, 0, 10] },
    ];
  }

  private stops(stops: readonly Stop[]): Content {
    const { texts } = this;
    const heading = (text: string, alignment: 'left' | 'right' = 'left') => ({ text, bold: true, alignment });
    return {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: [10, 20, 34, '*', 165, 66],
        body: [
          [
            '',
            heading('#', 'right'),
            '',
            heading(texts.customer),
            heading(texts.items),
            heading(texts.toCollect, 'right'),
          ],
          ...stops.flatMap((stop) => this.stopRows(stop)),
        ],
      },
    };
  }

  /** A row does not break, and one that is taller than a page would lose its end. So a large order has several rows. */
  private stopRows(stop: Stop): TableCell[][] {
    const [first = [], ...others] = inParts(stop.orders.flatMap((order) => this.orderLines(order)));
    const sequence = { text: String(stop.sequence), bold: true, alignment: 'right' as const };
    return [
      this.stopRow(stop, sequence, first),
      ...others.map((lines) => ['', sequence, '', '', { stack: lines }, '']),
    ];
  }

  private stopRow({ deliverySlot, customer, address, toCollect }: Stop, sequence: Content, lines: Line[]): TableCell[] {
    return [
      tickBox(),
      sequence,
      this.times.format(millisecondsOf(deliverySlot)),
      {
        stack: [
          { text: customer.name ?? '–', bold: true },
          ...(customer.phone ? [customer.phone] : []),
          onOneLine(address),
        ],
      },
      { stack: lines },
      // An empty cell shows that there is nothing to collect.
      { text: toCollect === 0 ? '' : this.amount(toCollect), bold: true, alignment: 'right' },
    ];
  }

  private orderLines({ orderId, status, items }: ManifestOrder): Line[] {
    const progress = status === 'ASSIGNED' ? '' : ` · ${this.texts.statuses[status]}`;
    return [
      ...items.map((line) => ({ text: `${line.qty} × ${nameOf(line)}`, bold: true })),
      { text: `${orderNumberOf(orderId)}${progress}`, fontSize: 8 },
    ];
  }

  private amount(value: MinorUnits): string {
    return this.money.format(toMajorUnits(value));
  }

  private momentOf(instant: Instant): string {
    const { language, timeZone } = this.settings;
    const format = new Intl.DateTimeFormat(LOCALES[language], {
      ...{ day: 'numeric', month: 'short', year: 'numeric' },
      ...{ ...TIME, timeZone },
    });
    return format.format(millisecondsOf(instant));
  }
}

/** Parts of at most `MAX_ROW_LINES` printed lines. */
function inParts(lines: readonly Line[]): Line[][] {
  const parts: Line[][] = [];
  let height = MAX_ROW_LINES;
  for (const line of lines) {
    const printed = Math.ceil(line.text.length / CHARACTERS_PER_LINE);
    if (height + printed > MAX_ROW_LINES) {
      parts.push([]);
      height = 0;
    }
    parts.at(-1)?.push(line);
    height += printed;
  }
  return parts;
}

function loadTable(lines: readonly ManifestLine[]): Content {
  return {
    layout: 'noBorders',
    table: {
      widths: [12, 24, '*'],
      body: lines.map((line) => [
        tickBox(),
        { text: String(line.qty), bold: true, alignment: 'right' as const },
        nameOf(line),
      ]),
    },
  };
}

function tickBox(): Content {
  return { canvas: [{ type: 'rect', x: 0, y: 1, w: 9, h: 9, lineWidth: 0.8 }] };
}
