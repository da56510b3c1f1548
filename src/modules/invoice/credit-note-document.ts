import { orderNumberOf } from '../../kernel/ids';
import type { PdfDocument } from '../../platform/pdf/pdf-renderer.service';
import { DocumentParts } from './document-parts';
import type { CreditNote } from './domain/invoice';

/** The document of a credit note, in the language of its invoice. */
export function creditNoteDocument(note: CreditNote): PdfDocument {
  const { seller, buyer, number, issuedOn, ofInvoice, orderId, from, taxes, total } = note;
  const parts = new DocumentParts(note);
  const { texts } = parts;
  return {
    title: `${texts.creditNote} ${number}`,
    footer: `${seller.name} · ${texts.creditNote} ${number}`,
    content: [
      ...parts.header(seller, buyer, texts.creditNote, [
        `${texts.number}: ${number}`,
        `${texts.date}: ${parts.dateText(issuedOn)}`,
        `${texts.ofInvoice}: ${ofInvoice.number}, ${parts.dateText(ofInvoice.issuedOn)}`,
        `${texts.order}: ${orderNumberOf(orderId)}`,
        `${texts.deliveries}: ${parts.dateText(from)}`,
      ]),
      ...parts.totals(taxes, total, texts.creditNoteText),
    ],
  };
}
