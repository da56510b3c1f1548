import type { Content } from 'pdfmake';
import type { LocalDate } from '../../kernel/calendar';
import type { Chart, PdfContent } from '../../platform/pdf/chart';
import type { PdfDocument } from '../../platform/pdf/pdf-renderer.service';
import type { ShownDay } from './domain/report';

const LOCALE = 'en-IN';
const CHART_SIZE = { width: 760, height: 120 };
const COLORS = {
  orders: '#2f6f9f',
  revenue: '#3d8b5f',
  onTime: '#3d8b5f',
  late: '#e0a030',
  failed: '#b5483f',
} as const;
type Measure = keyof typeof COLORS;

const COLUMNS = [
  ['orders', 'Orders'],
  ['units', 'Units'],
  ['revenue', 'Revenue'],
  ['refunded', 'Refunded'],
  ['activeCustomers', 'Customers'],
  ['newCustomers', 'New'],
  ['delivered', 'Delivered'],
  ['onTime', 'On time'],
  ['late', 'Late'],
  ['failed', 'Failed'],
  ['walletFloat', 'In wallets'],
] as const satisfies readonly (readonly [keyof ShownDay, string])[];
type Column = (typeof COLUMNS)[number][0];

/** On different days, the same customers order. The money in wallets is a state. */
const NOT_SUMMED: ReadonlySet<Column> = new Set(['activeCustomers', 'walletFloat']);
const IS_MONEY: ReadonlySet<Column> = new Set(['revenue', 'refunded', 'walletFloat']);

/** The report in the dairy's name: charts, then a row per day. At least one day. */
export function reportDocument(
  days: readonly ShownDay[],
  { dairy, currency }: { readonly dairy: string; readonly currency: string },
): PdfDocument {
  const period = periodOf(days);
  const heading = (text: string): Content => ({ text, bold: true, margin: [0, 8, 0, 0] });
  const chart = (...measures: Measure[]): PdfContent => ({ chart: chartOf(days, measures), ...CHART_SIZE });
  return {
    title: `Report ${period}`,
    footer: `${dairy} · Report ${period}`,
    landscape: true,
    content: [
      { text: dairy, bold: true, fontSize: 14 },
      { text: `Report, ${period}`, fontSize: 11, margin: [0, 2, 0, 4] },
      heading('Orders per day'),
      chart('orders'),
      heading(`Revenue per day, ${currency}`),
      chart('revenue'),
      besides(
        { text: 'Deliveries per day:', bold: true },
        { text: 'on time', color: COLORS.onTime },
        { text: 'late', color: COLORS.late },
        { text: 'failed', color: COLORS.failed },
      ),
      chart('onTime', 'late', 'failed'),
      figureTable(days, currency),
      ...reasonsOf(days),
    ],
  };
}

/** Texts of different styles in one line. */
function besides(...texts: readonly { text: string; bold?: boolean; color?: string }[]): Content {
  return { columns: texts.map((text) => ({ ...text, width: 'auto' })), columnGap: 6, margin: [0, 8, 0, 0] };
}

function chartOf(days: readonly ShownDay[], measures: readonly Measure[]): Chart {
  return {
    locale: LOCALE,
    labels: days.map(({ date }) => dateText(date, { day: 'numeric', month: 'short' })),
    series: measures.map((measure) => ({ values: days.map((day) => day[measure]), color: COLORS[measure] })),
  };
}

function figureTable(days: readonly ShownDay[], currency: string): Content {
  const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
  const numbers = new Intl.NumberFormat(LOCALE);
  const cell = (text: string, bold = false): Content => ({ text, bold, alignment: 'right' });
  const figure = (column: Column, value: number) => (IS_MONEY.has(column) ? money : numbers).format(value);
  const total = (column: Column) =>
    NOT_SUMMED.has(column)
      ? ''
      : figure(
          column,
          days.reduce((sum, day) => sum + day[column], 0),
        );
  return {
    pageBreak: 'before',
    layout: 'lightHorizontalLines',
    fontSize: 8,
    table: {
      headerRows: 1,
      widths: ['*', ...COLUMNS.map(() => 'auto')],
      body: [
        [{ text: 'Date', bold: true }, ...COLUMNS.map(([, title]) => cell(title, true))],
        ...days.map((day) => [
          dateText(day.date, { dateStyle: 'medium' }),
          ...COLUMNS.map(([column]) => cell(figure(column, day[column]))),
        ]),
        [{ text: 'Total', bold: true }, ...COLUMNS.map(([column]) => cell(total(column), true))],
      ],
    },
  };
}

function reasonsOf(days: readonly ShownDay[]): Content[] {
  const counts = new Map<string, number>();
  for (const { failedReasons } of days) {
    for (const [reason, count] of Object.entries(failedReasons)) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  if (counts.size === 0) return [];
  const texts = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reason.toLowerCase().replaceAll('_', ' ')}: ${count}`);
  return [besides({ text: 'Failed deliveries:', bold: true }, { text: texts.join(', ') })];
}

function periodOf(days: readonly ShownDay[]): string {
  const texts = [days.at(0), days.at(-1)].map((day) => dateText(day?.date ?? '', { dateStyle: 'long' }));
  return [...new Set(texts)].join(' to ');
}

/** Noon, so that the date is the same in UTC. */
function dateText(date: LocalDate, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALE, { ...format, timeZone: 'UTC' }).format(Date.parse(`${date}T12:00:00Z`));
}
