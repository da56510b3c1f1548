import type { Content, TableCell } from 'pdfmake';
import type { LocalDate } from '../../kernel/calendar';
import type { Language } from '../../kernel/language';
import { type MinorUnits, toMajorUnits } from '../../kernel/money';
import type { Buyer, Seller } from './domain/invoice';
import type { TaxSum } from './domain/tax';
import { INVOICE_TEXTS, type InvoiceTexts } from './invoice-texts';

const LOCALES = { en: 'en-IN', hi: 'hi-IN' } as const;

/** What invoices and credit notes have in common, in the language of the customer. */
export class DocumentParts {
  readonly texts: InvoiceTexts;
  private readonly money: Intl.NumberFormat;
  private readonly dates: Intl.DateTimeFormat;

  constructor({ language, currency }: { readonly language: Language; readonly currency: string }) {
    this.texts = INVOICE_TEXTS[language];
    this.money = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency });
    this.dates = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' });
  }

  moneyText(value: MinorUnits): string {
    return this.money.format(toMajorUnits(value));
  }

  dateText(date: LocalDate): string {
    return this.dates.format(noonOf(date));
  }

  periodText(from: LocalDate, to: LocalDate): string {
    return from === to ? this.dateText(from) : this.dates.formatRange(noonOf(from), noonOf(to));
  }

  amount(value: MinorUnits): TableCell {
    return { text: this.moneyText(value), alignment: 'right' };
  }

  heading(text: string, isNumber = false): TableCell {
    return { text, bold: true, alignment: isNumber ? 'right' : 'left' };
  }

  /** The seller, the title with its lines, and the buyer. */
  header(seller: Seller, buyer: Buyer, title: string, lines: readonly string[]): Content[] {
    const { taxId, billTo } = this.texts;
    const sellerLines = [seller.address, seller.phone, seller.email, seller.taxId && `${taxId}: ${seller.taxId}`];
    const sellerStack = [
      { text: seller.name, bold: true, fontSize: 14 },
      ...sellerLines.filter((line) => line !== undefined),
    ];
    return [
      {
        columns: [
          { stack: sellerStack },
          { stack: [{ text: title, bold: true, fontSize: 14 }, ...lines], alignment: 'right' },
        ],
      },
      { stack: [{ text: billTo, bold: true }, buyer.name, buyer.address], margin: [0, 16, 0, 16] },
    ];
  }

  /** The taxes by rate, the total, and a note in small print. */
  totals(taxes: readonly TaxSum[], total: MinorUnits, note: string): Content[] {
    const { taxIncluded, net, tax, amount, total: totalText } = this.texts;
    const headings = [this.heading(taxIncluded), ...[net, tax, amount].map((text) => this.heading(text, true))];
    const rows = taxes.map((sum) => [
      `${sum.rate} %`,
      ...[sum.net, sum.tax, sum.gross].map((value) => this.amount(value)),
    ]);
    return [
      {
        layout: 'noBorders',
        margin: [0, 12, 0, 0],
        table: { widths: ['*', 'auto', 'auto', 'auto'], body: [headings, ...rows] },
      },
      {
        text: `${totalText}: ${this.moneyText(total)}`,
        bold: true,
        fontSize: 12,
        alignment: 'right',
        margin: [0, 12, 0, 0],
      },
      { text: note, fontSize: 8, margin: [0, 16, 0, 0] },
    ];
  }
}

/** So that the date is the same in UTC. */
function noonOf(date: LocalDate): number {
  return Date.parse(`${date}T12:00:00Z`);
}
