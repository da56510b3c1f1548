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
  @ApiProperty({ example: 'There is not enough of: P101', description: 'What is wrong and what to do.' })
  detail!: string;
  @ApiProperty({ description: 'Stable error code, for programs.', example: 'order.insufficient_stock' }) code!: string;
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'The id of the request. Quote it when you ask for help.' })
  requestId!: string;
  @ApiProperty({
    required: false,
    type: [InvalidField],
    description: 'Every invalid field, for `request.invalid`.',
  })
  errors?: InvalidField[];
}

/** Where @nestjs/swagger keeps the names of a class's documented properties; it does not export the key. */
const MODEL_PROPERTIES_KEY = 'swagger/apiModelPropertiesArray';

/** The successful response of a route. */
export function ApiSuccess(status: 200 | 201 | 202, type: Type, { isArray = false } = {}): MethodDecorator {
  const etag = {
    ETag: { description: 'The version of the entity, for `If-Match`.', schema: { type: 'string' as const } },
  };
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

/** One page of a list, with the link to the next. */
export function ApiPagedSuccess(type: Type): MethodDecorator {
  return ApiResponse({
    status: 200,
    type,
    isArray: true,
    description: 'A page of the list, which may be short. Only a missing `Link` ends the list.',
    headers: { Link: { description: 'The URL of the next page: `<…>; rel="next"`.', schema: { type: 'string' } } },
  });
}

export const JOB_ID_EXAMPLE = 'J7F83B1657FF1FC53B92DC18148A1D65D';

export class ProgressResponse implements Progress {
  @ApiProperty({ type: 'integer', example: 3, description: 'Finished steps.' }) done!: number;
  @ApiProperty({ type: 'integer', example: 8, description: 'All steps; 0 until the job has counted them.' })
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

/** The response of a route whose job takes longer than a request waits. */
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
      'Retry-After': { description: 'Seconds to wait before the next request.', schema: text },
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
    description:
      'Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  });
}

export function ApiIfMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The `ETag` of the last response. If the entity has changed since, the request is refused with 412.',
    schema: { type: 'string' },
  });
}

/** The prefix under which a route keeps its failures until the document is completed; see operations.ts. */
export const FAILURE_EXTENSION = 'x-fails-';

/** The failures of a route. Lists of the route and of its controller add up. */
export function ApiFailures(...errors: DomainErrorClass[]): MethodDecorator & ClassDecorator {
  return applyDecorators(...errors.map(({ kind, code }) => ApiExtension(FAILURE_EXTENSION + code, STATUS_OF[kind])));
}
