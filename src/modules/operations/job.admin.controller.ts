import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { IdPipe } from '../../platform/http/id.pipe';
import { JobRunner } from '../../platform/jobs/job-runner';
import { JobNotFound } from '../../platform/jobs/job.errors';
import { ApiFailures, ApiIdParam, ApiSuccess, JOB_ID } from '../../platform/openapi/decorators';
import { JobResponse } from './job.dto';

@ApiTags('operations')
@Access('ADMIN')
@Controller('admin/job')
export class JobAdminController {
  constructor(private readonly jobs: JobRunner) {}

  @Get(':jobId')
  @ApiOperation({
    operationId: 'getJob',
    summary: 'Get a background job',
    description:
      'Returns the status and progress of a request that was answered with 202, and the result once the job ' +
      'is DONE. Getting a job whose server crashed restarts it; after three crashes it is FAILED with ' +
      '`job.interrupted`. To start a FAILED job again, repeat the request. A job is kept for 5 minutes ' +
      'after it ends.',
  })
  @ApiIdParam('jobId', JOB_ID)
  @ApiSuccess(200, JobResponse)
  @ApiFailures(JobNotFound)
  async get(@Param('jobId', IdPipe) jobId: string): Promise<JobResponse> {
    return JobResponse.of(await this.jobs.report(jobId));
  }
}
