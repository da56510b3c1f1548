import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { JOB_STATUSES, type JobReport, type JobStatus } from '../../platform/jobs/job';
import { JOB_ID, ProblemDocument, ProgressResponse } from '../../platform/openapi/decorators';

export class JobResponse {
  @ApiProperty(JOB_ID) jobId!: string;
  @ApiProperty({ enum: JOB_STATUSES, example: 'DONE', description: 'Status of the job.' }) status!: JobStatus;
  @ApiProperty({ type: ProgressResponse, example: { done: 8, total: 8 }, description: 'Progress of the job.' })
  progress!: ProgressResponse;
  @ApiPropertyOptional({
    oneOf: [
      { type: 'object', additionalProperties: true },
      { type: 'array', items: {} },
    ],
    description: 'Result of a DONE job: the body of the 200 response to the request that started it.',
    example: [{ productId: 'P101', name: 'Full cream milk', units: 1250, date: '2026-12-02', available: true }],
  })
  result?: unknown;
  @ApiPropertyOptional({
    allOf: [{ $ref: '#/components/schemas/ProblemDocument' }],
    description: 'Error of a FAILED job: the problem that the request would have received.',
  })
  error?: ProblemDocument;

  static of(this: void, { jobId, status, progress, result, error }: JobReport): JobResponse {
    return { jobId, status, progress, result, error };
  }
}
