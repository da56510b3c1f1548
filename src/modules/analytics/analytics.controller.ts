import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { csvFile, toCsv } from '../../platform/http/csv-file';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiPagedSuccess } from '../../platform/openapi/decorators';
import {
  AnalyticsEventResponse,
  DailyFiguresResponse,
  EventLogRequest,
  EXAMPLE_DAY,
  ReportRequest,
} from './analytics.dto';
import { AnalyticsService } from './analytics.service';
import { FIGURES } from './domain/analytics';

const COLUMNS = ['date', ...FIGURES];

@ApiTags('reports')
@Access('ADMIN')
@Controller('analytics')
export class AnalyticsController {
  constructor(private readonly analytics: AnalyticsService) {}

  @Get('report')
  @ApiOperation({
    operationId: 'getReport',
    summary: 'Get the daily report',
    description:
      'Returns orders, revenue and deliveries per local date, oldest first, as JSON or CSV. Default: the last ' +
      'seven days. At most 366 days. Event, for CSV: `report.exported`.',
  })
  @ApiExtraModels(DailyFiguresResponse)
  @ApiResponse({
    status: 200,
    description: 'One row per local date, oldest first.',
    content: {
      'application/json': { schema: { type: 'array', items: { $ref: getSchemaPath(DailyFiguresResponse) } } },
      'text/csv': { schema: { type: 'string' }, example: toCsv([EXAMPLE_DAY], COLUMNS) },
    },
  })
  async report(@Query() { from, to, format }: ReportRequest): Promise<DailyFiguresResponse[] | StreamableFile> {
    if (format !== 'csv') return (await this.analytics.generateReport(from, to)).map(DailyFiguresResponse.of);
    const days = (await this.analytics.exportReport(from, to)).map(DailyFiguresResponse.of);
    return csvFile(`report-${days.at(0)?.date}-${days.at(-1)?.date}.csv`, days, COLUMNS);
  }

  @Get('events')
  @ApiOperation({
    operationId: 'listEvents',
    summary: 'List the events of a day',
    description: 'Returns the analytics events of a date, oldest first.',
  })
  @ApiPagedSuccess(AnalyticsEventResponse)
  async events(@Query() query: EventLogRequest): Promise<PagedResponse<AnalyticsEventResponse>> {
    return new PagedResponse(
      mapPage(await this.analytics.eventsOf(query.date, query), (event) => AnalyticsEventResponse.of(event)),
    );
  }
}
