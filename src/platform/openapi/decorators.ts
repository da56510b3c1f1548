import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiParam, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { ID_PATTERN } from '../../kernel/ids';
import type { DomainErrorClass } from '../errors';
import { JOB_STATUSES, type JobStatus, type Progress } from '../jobs/job';
import { STATUS_OF } from '../problem';

class InvalidField {
  @ApiProperty({ example: 'qty' }) field!: string;
  @ApiProperty({ example: 'qty must be a whole number' }) message!: string;
}

/** The shape of every failure (RFC 9457). */
export class ProblemDocument {
  @ApiProperty({ example: 'urn:milkround:problem:order.insufficient_stock' }) type!: string;
  @ApiProperty({ example: 'Conflict' }) title!: string;
  @ApiProperty({ type: 'integer', example: 409 }) status!: number;
  @ApiProperty({ example: 'There is not enough of: P101', description: 'What is wrong, and the way out.' })
  detail!: string;
  @ApiProperty({ description: 'Stable, for programs.', example: 'order.insufficient_stock' }) code!: string;
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'Tell us this one when you ask for help.' }) requestId!: string;
  @ApiProperty({
    required: false,
    type: [InvalidField],
    description: 'Of `request.invalid`: every field that is wrong.',
  })
  errors?: InvalidField[];
}

/** Where @nestjs/swagger keeps the names of a class's documented properties; it does not export the key. */
const MODEL_PROPERTIES_KEY = 'swagger/apiModelPropertiesArray';

/** What a route answers with when all is well. */
export function ApiSuccess(status: 200 | 201 | 202, type: Type, { isArray = false } = {}): MethodDecorator {
  const etag = { ETag: { description: 'Its version, for If-Match.', schema: { type: 'string' as const } } };
  return ApiResponse({
    status,
    type,
    isArray,
    description: STATUS_CODES[status] ?? '',
    headers: hasVersion(type) ? etag : undefined,
  });
}

function hasVersion({ prototype }: Type): boolean {
  const properties = (Reflect.getMetadata(MODEL_PROPERTIES_KEY, prototype as object) ?? []) as string[];
  return properties.includes(':version');
}

/** One page of a list, and where the next one is. */
export function ApiPagedSuccess(type: Type): MethodDecorator {
  return ApiResponse({
    status: 200,
    type,
    isArray: true,
    description: 'A page; it may be short. Only a missing Link ends the list.',
    headers: { Link: { description: '<…>; rel="next"', schema: { type: 'string' } } },
  });
}

export const JOB_ID_EXAMPLE = 'J7F83B1657FF1FC53B92DC18148A1D65D';

export class ProgressResponse implements Progress {
  @ApiProperty({ type: 'integer', example: 3, description: 'Steps that are done.' }) done!: number;
  @ApiProperty({ type: 'integer', example: 8, description: 'Steps in all; 0 until the job has counted them.' })
  total!: number;
}

export class PendingResponse {
  @ApiProperty({ example: JOB_ID_EXAMPLE }) jobId!: string;
  @ApiProperty({ enum: JOB_STATUSES, example: 'RUNNING' }) status!: JobStatus;
  @ApiProperty({ type: ProgressResponse }) progress!: ProgressResponse;
  @ApiProperty({
    example: `This takes longer. Repeat the request in 5 seconds, or get /admin/job/${JOB_ID_EXAMPLE}.`,
  })
  message!: string;
}

/** A route that runs a job and waits for its result for a while. */
export function ApiPendingResponse(): MethodDecorator {
  const text = { type: 'string' as const };
  return ApiResponse({
    status: 202,
    type: PendingResponse,
    description:
      'The result takes longer than ten seconds, or the server is busy. The work goes on as a background job. Repeat ' +
      'the request, which joins the job, or follow `Location`. A finished job and its result are kept for 5 minutes.',
    headers: {
      Location: { description: 'The path of the background job.', schema: text },
      'Retry-After': { description: 'Seconds to wait before you ask again.', schema: text },
    },
  });
}

/** An id in the path. */
export function ApiIdParam(name: string, example: string): MethodDecorator {
  return ApiParam({ name, schema: { type: 'string', pattern: ID_PATTERN.source, example } });
}

/** A local date in the path. */
export function ApiDateParam(name: string, example: string): MethodDecorator {
  return ApiParam({ name, schema: { type: 'string', format: 'date', example } });
}

export function ApiIdempotencyKey(): MethodDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Send the same key to repeat a request safely: it is done once, and answered alike for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  });
}

export function ApiIfMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag you have read: the change is refused with 412 when somebody else came first.',
    schema: { type: 'string' },
  });
}

/** How a failure is noted at a route until its document is completed; see operations.ts. */
export const FAILURE_EXTENSION = 'x-fails-';

/** The failures of its own that a route answers with; several lists of one route, and of its controller, add up. */
export function ApiFailures(...errors: DomainErrorClass[]): MethodDecorator & ClassDecorator {
  return applyDecorators(...errors.map(({ kind, code }) => ApiExtension(FAILURE_EXTENSION + code, STATUS_OF[kind])));
}
