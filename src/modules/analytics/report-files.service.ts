import { Inject, Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/calendar';
import { newEventId } from '../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { csvText } from '../../platform/http/csv-file';
import { PdfRenderer } from '../../platform/pdf/pdf-renderer.service';
import type { Bucket } from '../../platform/storage/declare-bucket';
import { ObjectStorage } from '../../platform/storage/object-storage.service';
import { DairyService } from '../dairy';
import { REPORT_BUCKET } from './analytics.settings';
import { DailyReport } from './daily-report.service';
import { type ShownDay, shownDayOf } from './domain/report';
import { REPORT_COLUMNS, tableRowOf } from './domain/report-table';
import { reportDocument } from './report-document';

export interface ReportFileOrder {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly format: 'json' | 'csv' | 'pdf';
}

/** A file, with a link that works without a token. */
export interface ReportFile extends ReportFileOrder {
  readonly url: string;
  readonly expiresAt: Instant;
}

const CONTENT_TYPES = { json: 'application/json', csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' } as const;

/** Reports as files in S3. */
@Injectable()
export class ReportFiles {
  constructor(
    private readonly dailyReport: DailyReport,
    private readonly dairies: DairyService,
    private readonly pdf: PdfRenderer,
    private readonly storage: ObjectStorage,
    @Inject(REPORT_BUCKET) private readonly bucket: Bucket,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /** Writes a file and links to it. `service.unavailable` if S3 does not answer. */
  async write({ from, to, format }: ReportFileOrder): Promise<ReportFile> {
    const days = (await this.dailyReport.generate({ from, to })).map(shownDayOf);
    const key = `daily/${newEventId()}.${format}`;
    const body = await this.bodyOf(days, format);
    await this.storage.put(this.bucket, { key, body, contentType: CONTENT_TYPES[format] });
    const { url, expiresAt } = await this.storage.linkTo(this.bucket, key, `report-${from}-${to}.${format}`);
    return { from, to, format, url, expiresAt };
  }

  private async bodyOf(days: readonly ShownDay[], format: ReportFileOrder['format']): Promise<Uint8Array> {
    if (format === 'json') return Buffer.from(JSON.stringify(days));
    if (format === 'csv') return Buffer.from(csvText(days.map(tableRowOf), REPORT_COLUMNS));
    const { name } = await this.dairies.get();
    return this.pdf.render(reportDocument(days, { dairy: name, currency: this.config.currency }));
  }
}
