import type { Language } from '../../kernel/language';

export interface InvoiceTexts {
  readonly invoice: string;
  readonly number: string;
  readonly date: string;
  readonly deliveries: string;
  readonly taxId: string;
  readonly billTo: string;
  readonly product: string;
  readonly quantity: string;
  readonly price: string;
  readonly tax: string;
  readonly amount: string;
  readonly taxIncluded: string;
  readonly net: string;
  readonly total: string;
  readonly note: string;
  readonly refunded: string;
  readonly creditNote: string;
  readonly ofInvoice: string;
  readonly order: string;
  readonly creditNoteText: string;
}

/** The words of invoices and credit notes. */
export const INVOICE_TEXTS: Readonly<Record<Language, InvoiceTexts>> = {
  en: {
    invoice: 'Tax invoice',
    number: 'Number',
    date: 'Date',
    deliveries: 'Deliveries',
    taxId: 'Tax id',
    billTo: 'Bill to',
    product: 'Product',
    quantity: 'Qty',
    price: 'Price',
    tax: 'Tax',
    amount: 'Amount',
    taxIncluded: 'Tax included',
    net: 'Net',
    total: 'Total',
    note: 'Prices include tax. The tax of each rate is computed from the sum of its lines and rounded once.',
    refunded: 'Refunded before this invoice',
    creditNote: 'Credit note',
    ofInvoice: 'For invoice',
    order: 'Order',
    creditNoteText:
      'Refund of a part of the invoice, split over its tax rates in proportion. ' +
      'The tax of each rate is that of all credit notes of the invoice so far, less what earlier ones contain.',
  },
  hi: {
    invoice: 'कर चालान',
    number: 'संख्या',
    date: 'दिनांक',
    deliveries: 'डिलीवरी',
    taxId: 'कर पंजीकरण',
    billTo: 'ग्राहक',
    product: 'उत्पाद',
    quantity: 'मात्रा',
    price: 'मूल्य',
    tax: 'कर',
    amount: 'राशि',
    taxIncluded: 'सम्मिलित कर',
    net: 'कर रहित',
    total: 'कुल',
    note: 'मूल्यों में कर शामिल है। हर दर का कर उसकी पंक्तियों के योग से निकाला और एक बार पूर्णांकित किया गया है।',
    refunded: 'इस चालान से पहले लौटाई गई राशि',
    creditNote: 'क्रेडिट नोट',
    ofInvoice: 'चालान',
    order: 'ऑर्डर',
    creditNoteText:
      'चालान के एक हिस्से की वापसी, जो कर की दरों में अनुपात से बाँटी गई है। ' +
      'हर दर का कर इस चालान के अब तक के सभी क्रेडिट नोटों का कर है, जिसमें से पहले के क्रेडिट नोटों का कर घटाया गया है।',
  },
};
