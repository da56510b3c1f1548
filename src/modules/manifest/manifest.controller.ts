import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Calendar } from '../../kernel/calendar';
import { Access, ForCallerOnly } from '../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../platform/auth/caller';
import { csvFile, toCsv } from '../../platform/http/csv-file';
import { ApiFailures } from '../../platform/openapi/decorators';
import { NotYourDeliveries } from '../delivery';
import { UserNotFound } from '../user';
import { CourierMissing, ManifestTooLarge } from './domain/manifest.errors';
import type { NumberedManifest } from './domain/numbered-manifest';
import { ManifestPrinter } from './manifest-printer.service';
import { EXAMPLE_ROW, rowsOf } from './manifest-rows';
import { GetManifestRequest, ManifestResponse } from './manifest.dto';
import { ManifestService } from './manifest.service';

const COLUMNS = Object.keys(EXAMPLE_ROW);

@ApiTags('deliveries')
@Controller('delivery')
export class ManifestController {
  constructor(
    private readonly manifests: ManifestService,
    private readonly printer: ManifestPrinter,
    private readonly calendar: Calendar,
  ) {}

  @Get('manifest')
  @Access('ADMIN', 'COURIER')
  @ForCallerOnly()
  @ApiOperation({
    operationId: 'getManifest',
    summary: 'Get the route sheet of a courier',
    description:
      'Returns what a courier delivers on a date: the stops in sequence, what to hand over and to collect at each, and ' +
      'what to load. Orders of a customer for the same time and address are one stop. Cancelled orders are left out. ' +
      'Once the orders of the date are generated, and at the latest on the date itself, the manifest has a number. It ' +
      'keeps the number until an order is added, removed or changed. Then the next request gives it the next number and lists ' +
      'what changed, so that a courier can correct a printed sheet. The status of a delivery does not change the ' +
      'number. The PDF is in the language of the courier. From 92 days ago to 31 days ahead, at most 1,000 deliveries. ' +
      'Event, for CSV and PDF: `report.exported`.',
  })
  @ApiExtraModels(ManifestResponse)
  @ApiResponse({
    status: 200,
    description: 'The manifest. In CSV, a row for each order, in UTF-8 with a byte order mark.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ManifestResponse) } },
      'text/csv': { schema: { type: 'string' }, example: toCsv([EXAMPLE_ROW], COLUMNS) },
      'application/pdf': { schema: { type: 'string', format: 'binary' }, example: '%PDF-1.3 …' },
    },
  })
  @ApiFailures(NotYourDeliveries, CourierMissing, UserNotFound, ManifestTooLarge)
  async get(
    @CurrentCaller() caller: Caller,
    @Query() { format = 'json', courierId, date }: GetManifestRequest,
  ): Promise<ManifestResponse | StreamableFile> {
    const request = { courierId, date };
    if (format === 'json') return ManifestResponse.of(await this.manifests.get(caller, request));
    const manifest = await this.manifests.export(caller, request);
    if (format === 'csv') {
      return csvFile(fileNameOf(manifest, format), rowsOf(manifest, this.calendar), COLUMNS);
    }
    return new StreamableFile(await this.printer.print(manifest), {
      type: 'application/pdf',
      disposition: `inline; filename="${fileNameOf(manifest, format)}"`,
    });
  }
}

function fileNameOf({ date, courierId, number }: NumberedManifest, format: string): string {
  return `${['manifest', date, courierId, ...(number === undefined ? [] : [number])].join('-')}.${format}`;
}
