import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { JobRunner } from '../../platform/jobs/job-runner';
import type { PendingJob } from '../../platform/jobs/pending-job';
import { ApiPendingResponse, ApiSuccess } from '../../platform/openapi/decorators';
import { DailyReport } from './daily-report.service';
import { ReportFiles } from './report-files.service';
import { ReportFileRequest, ReportFileResponse } from './report.dto';

@ApiTags('reports')
@Access('ADMIN')
@Controller('analytics')
export class ReportController {
  private readonly writeFile: (request: ReportFileRequest) => Promise<ReportFileResponse | PendingJob>;

  constructor(
    private readonly dailyReport: DailyReport,
    files: ReportFiles,
    jobs: JobRunner,
  ) {
    this.writeFile = jobs.define('analytics.report', (request) => files.write(request), { waits: false });
  }

  @Post('report')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'createReportFile',
    summary: 'Create a report file',
    description:
      'Writes the daily report to a file, as JSON, CSV or PDF. Answers 202 with the location of a background job, ' +
      'whose result is a link to the file. The link works for 15 minutes. The file is deleted after 30 days. Within 5 ' +
      'minutes, the same request answers 200 with the same link. Event, for each request: `report.exported`.',
  })
  @ApiSuccess(200, ReportFileResponse)
  @ApiPendingResponse()
  async create(@Body() { from, to, format }: ReportFileRequest): Promise<ReportFileResponse | PendingJob> {
    await this.dailyReport.recordFileRequest({ from, to });
    return this.writeFile({ from, to, format });
  }
}
