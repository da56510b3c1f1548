import { Inject, Injectable } from '@nestjs/common';
import { PdfRenderer } from '../../platform/pdf/pdf-renderer.service';
import type { Bucket } from '../../platform/storage/declare-bucket';
import { type Link, ObjectStorage } from '../../platform/storage/object-storage.service';
import { Transaction } from '../../platform/transaction/transaction';
import type { Invoice } from './domain/invoice';
import { FileRecorded } from './domain/invoice.errors';
import { invoiceDocument } from './invoice-document';
import { InvoiceRepository } from './invoice.repository';
import { INVOICE_BUCKET } from './invoice.settings';

/** The PDFs of invoices. */
@Injectable()
export class InvoiceFiles {
  constructor(
    private readonly repository: InvoiceRepository,
    private readonly pdf: PdfRenderer,
    private readonly storage: ObjectStorage,
    private readonly transaction: Transaction,
    @Inject(INVOICE_BUCKET) private readonly bucket: Bucket,
  ) {}

  /** Stores the file of an invoice, unless it is stored. Emits `invoice.ready`. */
  async store(invoice: Invoice): Promise<void> {
    if (invoice.fileKey !== undefined) return;
    const { invoiceId, userId, number, total, month } = invoice;
    const key = `${number}.pdf`;
    const body = await this.pdf.render(invoiceDocument(invoice));
    await this.storage.put(this.bucket, { key, body, contentType: 'application/pdf' });
    try {
      await this.transaction.commit(
        [this.repository.recordFile(invoiceId, key)],
        [{ type: 'invoice.ready', invoiceId, userId, number, total, ...(month !== undefined && { month }) }],
      );
    } catch (error) {
      if (!(error instanceof FileRecorded)) throw error;
    }
  }

  /** A link to the stored file. */
  async linkTo({ number, fileKey = '' }: Invoice): Promise<Link> {
    return this.storage.linkTo(this.bucket, fileKey, `invoice-${number.replace('/', '-')}.pdf`);
  }
}
