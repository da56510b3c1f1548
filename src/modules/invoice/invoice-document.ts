import type { Content } from 'pdfmake';
import type { LocalDate } from '../../kernel/calendar';
import { type MinorUnits, toMajorUnits } from '../../kernel/money';
import type { PdfDocument } from '../../platform/pdf/pdf-renderer.service';
import type { Invoice } from './domain/invoice';
import { INVOICE_TEXTS } from './invoice-texts';

const LOCALES = { en: 'en-IN', hi: 'hi-IN' } as const;

/** The document of an invoice, in the language of its customer. */
export function invoiceDocument(invoice: Invoice): PdfDocument {
  const { seller, buyer, number, currency, language } = invoice;
  const texts = INVOICE_TEXTS[language];
  const locale = LOCALES[language];
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const amount = (value: MinorUnits): Content => ({ text: money.format(toMajorUnits(value)), alignment: 'right' });
  const heading = (text: string, isNumber = false): Content => ({
    text,
    bold: true,
    alignment: isNumber ? 'right' : 'left',
  });
  // Noon, so that the date is the same in UTC.
  const dateText = (date: LocalDate) => dates.format(Date.parse(`${date}T12:00:00Z`));
  const period =
    invoice.from === invoice.to
      ? dateText(invoice.from)
      : dates.formatRange(Date.parse(`${invoice.from}T12:00:00Z`), Date.parse(`${invoice.to}T12:00:00Z`));
  const sellerLines = [seller.address, seller.phone, seller.email, seller.taxId && `${texts.taxId}: ${seller.taxId}`];

  return {
    title: `${texts.invoice} ${number}`,
    footer: `${seller.name} · ${texts.invoice} ${number}`,
    content: [
      {
        columns: [
          {
            stack: [
              { text: seller.name, bold: true, fontSize: 14 },
              ...sellerLines.filter((line) => line !== undefined),
            ],
          },
          {
            stack: [
              { text: texts.invoice, bold: true, fontSize: 14 },
              `${texts.number}: ${number}`,
              `${texts.date}: ${dateText(invoice.issuedOn)}`,
              `${texts.deliveries}: ${period}`,
            ],
            alignment: 'right',
          },
        ],
      },
      { stack: [{ text: texts.billTo, bold: true }, buyer.name, buyer.address], margin: [0, 16, 0, 16] },
      {
        layout: 'lightHorizontalLines',
        table: {
          headerRows: 1,
          widths: ['*', 'auto', 'auto', 'auto', 'auto'],
          body: [
            [
              heading(texts.product),
              heading(texts.quantity, true),
              heading(texts.price, true),
              heading(texts.tax, true),
              heading(texts.amount, true),
            ],
            ...invoice.lines.map(({ name, unit, qty, price, taxRate, amount: lineAmount }) => [
              unit === undefined ? name : `${name}, ${unit}`,
              { text: String(qty), alignment: 'right' as const },
              amount(price),
              { text: `${taxRate} %`, alignment: 'right' as const },
              amount(lineAmount),
            ]),
          ],
        },
      },
      {
        layout: 'noBorders',
        margin: [0, 12, 0, 0],
        table: {
          widths: ['*', 'auto', 'auto', 'auto'],
          body: [
            [
              heading(texts.taxIncluded),
              heading(texts.net, true),
              heading(texts.tax, true),
              heading(texts.amount, true),
            ],
            ...invoice.taxes.map(({ rate, net, tax, gross }) => [`${rate} %`, amount(net), amount(tax), amount(gross)]),
          ],
        },
      },
      {
        text: `${texts.total}: ${money.format(toMajorUnits(invoice.total))}`,
        bold: true,
        fontSize: 12,
        alignment: 'right',
        margin: [0, 12, 0, 0],
      },
      { text: texts.note, fontSize: 8, margin: [0, 16, 0, 0] },
    ],
  };
}
