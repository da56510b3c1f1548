import { Inject, Injectable, Logger } from '@nestjs/common';
import type { CreditNoteReady, InvoiceReady } from '../../events/invoice.events';
import { isUnavailable } from '../../platform/aws-errors';
import { PdfRenderer } from '../../platform/pdf/pdf-renderer.service';
import type { Bucket } from '../../platform/storage/declare-bucket';
import { type Link, ObjectStorage } from '../../platform/storage/object-storage.service';
import { Transaction } from '../../platform/transaction/transaction';
import { creditNoteFieldsOf, type InvoiceDocument, isInvoice } from './domain/invoice';
import { FileRecorded } from './domain/invoice.errors';
import { creditNoteDocument } from './credit-note-document';
import { invoiceDocument } from './invoice-document';
import { InvoiceRepository } from './invoice.repository';
import { INVOICE_BUCKET } from './invoice.settings';

/** The PDFs of invoices and credit notes. */
@Injectable()
export class InvoiceFiles {
  private readonly logger = new Logger(InvoiceFiles.name);

  constructor(
    private readonly repository: InvoiceRepository,
    private readonly pdf: PdfRenderer,
    private readonly storage: ObjectStorage,
    private readonly transaction: Transaction,
    @Inject(INVOICE_BUCKET) private readonly bucket: Bucket,
  ) {}

  /**
   * Stores the files of invoices and credit notes, except for those that are stored. A document that cannot be rendered is
   * logged and left out. Returns the errors of these by id. Emits `invoice.ready` and `credit_note.ready`.
   */
  async storeAll(documents: readonly InvoiceDocument[]): Promise<ReadonlyMap<string, Error>> {
    const failures = new Map<string, Error>();
    for (const document of documents.filter(({ fileKey }) => fileKey === undefined)) {
      const body = await this.render(document);
      if (body instanceof Error) failures.set(document.invoiceId, body);
      else await this.store(document, body);
    }
    return failures;
  }

  private async render(document: InvoiceDocument): Promise<Uint8Array | Error> {
    try {
      return await this.pdf.render(isInvoice(document) ? invoiceDocument(document) : creditNoteDocument(document));
    } catch (error) {
      if (isUnavailable(error)) throw error;
      const { invoiceId, number } = document;
      this.logger.error({ err: error, invoiceId, number }, 'Invoice or credit note could not be rendered');
      return error as Error;
    }
  }

  private async store(document: InvoiceDocument, body: Uint8Array): Promise<void> {
    const key = `${document.number}.pdf`;
    await this.storage.put(this.bucket, { key, body, contentType: 'application/pdf' });
    try {
      await this.transaction.commit([this.repository.recordFile(document.invoiceId, key)], [readyEventOf(document)]);
    } catch (error) {
      if (!(error instanceof FileRecorded)) throw error;
    }
  }

  /** A link to the stored file. */
  async linkTo({ kind, number, fileKey = '' }: InvoiceDocument): Promise<Link> {
    const name = kind === 'CREDIT_NOTE' ? 'credit-note' : 'invoice';
    return this.storage.linkTo(this.bucket, fileKey, `${name}-${number.replace('/', '-')}.pdf`);
  }
}

function readyEventOf(document: InvoiceDocument): InvoiceReady | CreditNoteReady {
  if (!isInvoice(document)) return { type: 'credit_note.ready', ...creditNoteFieldsOf(document) };
  const { invoiceId, userId, number, total, month } = document;
  return { type: 'invoice.ready', invoiceId, userId, number, total, ...(month !== undefined && { month }) };
}
