import type { TableCell } from 'pdfmake';
import type { PdfDocument } from '../../platform/pdf/pdf-renderer.service';
import { DocumentParts } from './document-parts';
import type { Invoice } from './domain/invoice';

/** The document of an invoice, in the language of its customer. */
export function invoiceDocument(invoice: Invoice): PdfDocument {
  const { seller, buyer, number, issuedOn, from, to, lines, refunds, taxes, total } = invoice;
  const parts = new DocumentParts(invoice);
  const { texts } = parts;
  const right = (text: string): TableCell => ({ text, alignment: 'right' });
  const headings = [
    parts.heading(texts.product),
    ...[texts.quantity, texts.price, texts.tax, texts.amount].map((text) => parts.heading(text, true)),
  ];
  const rows = lines.map(({ name, unit, qty, price, taxRate, amount }) => [
    unit === undefined ? name : `${name}, ${unit}`,
    ...[right(String(qty)), parts.amount(price), right(`${taxRate} %`), parts.amount(amount)],
  ]);
  const refundRows = refunds.map(({ taxRate, amount }) => [
    ...[texts.refunded, '', ''],
    ...[right(`${taxRate} %`), parts.amount(0 - amount)],
  ]);

  return {
    title: `${texts.invoice} ${number}`,
    footer: `${seller.name} · ${texts.invoice} ${number}`,
    content: [
      ...parts.header(seller, buyer, texts.invoice, [
        `${texts.number}: ${number}`,
        `${texts.date}: ${parts.dateText(issuedOn)}`,
        `${texts.deliveries}: ${parts.periodText(from, to)}`,
      ]),
      {
        layout: 'lightHorizontalLines',
        table: {
          headerRows: 1,
          widths: ['*', 'auto', 'auto', 'auto', 'auto'],
          body: [headings, ...rows, ...refundRows],
        },
      },
      ...parts.totals(taxes, total, texts.note),
    ],
  };
}
