import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { JobRunner } from '../../../platform/jobs/job-runner';
import type { PendingJob } from '../../../platform/jobs/pending-job';
import { ApiFailures, ApiPendingResponse, ApiSuccess } from '../../../platform/openapi/decorators';
import { RunAlreadyStarted, RunTooLate } from '../domain/generation.errors';
import { PreviewService } from '../preview/preview.service';
import { PreviewQuery, PreviewResponse } from './preview.dto';

/** The dry run reads all subscriptions, so it is a job. */
@ApiTags('generation runs')
@Access('ADMIN')
@Controller('admin')
export class PreviewAdminController {
  private readonly runPreview: (query: PreviewQuery) => Promise<PreviewResponse | PendingJob>;

  constructor(previewService: PreviewService, jobs: JobRunner) {
    this.runPreview = jobs.define('generation.preview', async ({ date }, progress) =>
      PreviewResponse.of(await previewService.preview(date, progress)),
    );
  }

  @Get('generation/preview')
  @ApiOperation({
    operationId: 'previewGeneration',
    summary: 'Preview the orders of a date',
    description:
      'Runs the generation of a date without writing anything, with the current subscriptions, prices, ' +
      'stock and balances. Refused with 409 if the run of the date has begun or the date is too long ago to ' +
      'get a run. If it takes longer than ten seconds, it continues as a job.',
  })
  @ApiSuccess(200, PreviewResponse)
  @ApiPendingResponse()
  @ApiFailures(RunAlreadyStarted, RunTooLate)
  preview(@Query() { date }: PreviewQuery): Promise<PreviewResponse | PendingJob> {
    return this.runPreview({ date });
  }
}
