import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiParam, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { ID_PATTERN } from '../../kernel/ids';
import { type DomainErrorClass, MAX_LISTED_ERRORS } from '../errors';
import { JOB_STATUSES, type JobStatus, type Progress } from '../jobs/job';
import { STATUS_OF } from '../problem';

class InvalidField {
  @ApiProperty({ example: 'qty', description: 'Name of the field. Nested names are joined by dots.' }) field!: string;
  @ApiProperty({ example: 'qty must be a whole number', description: 'Rule that the field breaks.' }) message!: string;
}

/** The body of every error response (RFC 9457). */
export class ProblemDocument {
  @ApiProperty({
    example: 'urn:milkround:problem:order.insufficient_stock',
    description: 'URN of the error, which ends with its code.',
  })
  type!: string;
  @ApiProperty({ example: 'Conflict', description: 'Reason phrase of the HTTP status.' }) title!: string;
  @ApiProperty({ type: 'integer', example: 409, description: 'HTTP status code.' }) status!: number;
  @ApiProperty({
    example: 'Not enough in stock: P101 (2 requested, 1 available). Nothing was ordered.',
    description: 'Explanation of the error and what to do.',
  })
  detail!: string;
  @ApiProperty({ description: 'Stable error code: `<module>.<reason>`.', example: 'order.insufficient_stock' })
  code!: string;
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'Id of the request, to quote in support requests.' })
  requestId!: string;
  @ApiProperty({
    required: false,
    type: [InvalidField],
    maxItems: MAX_LISTED_ERRORS,
    description: `Invalid fields, at most ${MAX_LISTED_ERRORS}. Always present with \`request.invalid\`.`,
  })
  errors?: InvalidField[];
}

/** The metadata key under which @nestjs/swagger stores the documented properties of a class. It is not exported. */
const MODEL_PROPERTIES_KEY = 'swagger/apiModelPropertiesArray';

/** The successful response of a route. */
export function ApiSuccess(
  status: 200 | 201 | 202,
  type: Type,
  { isArray = false, description = STATUS_CODES[status] ?? '' } = {},
): MethodDecorator {
  const etag = {
    ETag: { description: 'Version of the entity, for `If-Match`.', schema: { type: 'string' as const } },
  };
  return ApiResponse({
    status,
    type,
    isArray,
    description,
    headers: hasVersion(type) ? etag : undefined,
  });
}

function hasVersion({ prototype }: Type): boolean {
  const properties = (Reflect.getMetadata(MODEL_PROPERTIES_KEY, prototype as object) ?? []) as string[];
  return properties.includes(':version');
}

/** The response of a list: one page, with a link to the next. */
export function ApiPagedSuccess(type: Type): MethodDecorator {
  return ApiResponse({
    status: 200,
    type,
    isArray: true,
    description: 'A page of the list. It may be short; only a missing `Link` ends the list.',
    headers: { Link: { description: 'URL of the next page: `<…>; rel="next"`.', schema: { type: 'string' } } },
  });
}

export const JOB_ID = { example: 'J7F83B1657FF1FC53B92DC18148A1D65D', description: 'Id of the background job.' };

export class ProgressResponse implements Progress {
  @ApiProperty({ type: 'integer', example: 3, description: 'Number of finished steps.' }) done!: number;
  @ApiProperty({ type: 'integer', example: 8, description: 'Total number of steps. 0 until the job has counted them.' })
  total!: number;
}

export class PendingResponse {
  @ApiProperty(JOB_ID) jobId!: string;
  @ApiProperty({ enum: JOB_STATUSES, example: 'RUNNING', description: 'Status of the job.' }) status!: JobStatus;
  @ApiProperty({ type: ProgressResponse, description: 'Progress of the job.' }) progress!: ProgressResponse;
  @ApiProperty({
    example: `The result is not ready yet. Repeat the request in 5 seconds, or send GET /admin/job/${JOB_ID.example}.`,
    description: 'Instructions for getting the result.',
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
      Location: { description: 'Path of the background job.', schema: text },
      'Retry-After': { description: 'Time to wait before the next request, in seconds.', schema: text },
    },
  });
}

export interface ParameterDocs {
  readonly example: string;
  readonly description: string;
}

/** An id in the path. */
export function ApiIdParam(name: string, { example, description }: ParameterDocs): MethodDecorator {
  return ApiParam({ name, description, schema: { type: 'string', pattern: ID_PATTERN.source, example } });
}

/** A local date in the path. */
export function ApiDateParam(name: string, { example, description }: ParameterDocs): MethodDecorator {
  return ApiParam({ name, description, schema: { type: 'string', format: 'date', example } });
}

export function ApiIdempotencyKey(): MethodDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same ' +
      'request gets the stored response of the first success.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  });
}

export function ApiIfMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description: '`ETag` of the last response. If the entity has changed since, the request is refused with 412.',
    schema: { type: 'string' },
  });
}

/** Prefix of the extensions that list the failures of a route. operations.ts turns them into responses. */
export const FAILURE_EXTENSION = 'x-fails-';

/** Lists failures of a route. The lists of a route and its controller are combined. */
export function ApiFailures(...errors: DomainErrorClass[]): MethodDecorator & ClassDecorator {
  return applyDecorators(...errors.map(({ kind, code }) => ApiExtension(FAILURE_EXTENSION + code, STATUS_OF[kind])));
}
