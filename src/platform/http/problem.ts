import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { isOutage, unavailable } from '../aws-errors';
import { DomainError, InvalidRequest, NotFound, RequestTooLarge } from '../errors';
import { STATUS_OF } from '../http-status';

/** An RFC 9457 problem. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly [figure: string]: unknown;
}

class UnknownRoute extends NotFound {
  static override readonly code = 'request.unknown_route';
  constructor() {
    super('There is nothing at this path and method: see /docs.');
  }
}

class UnreadableBody extends InvalidRequest {
  constructor(message: string) {
    super([{ field: 'body', message }]);
  }
}

class UnreadableRequest extends InvalidRequest {
  constructor() {
    super([{ field: 'request', message: 'the request cannot be understood' }]);
  }
}

class UnreadablePath extends InvalidRequest {
  constructor() {
    super([{ field: 'path', message: 'the path must be well-formed: % stands before two hexadecimal digits' }]);
  }
}

/** Brings whatever was thrown to a failure the caller can understand; undefined for our own faults. */
export function domainErrorOf(thrown: unknown): DomainError | undefined {
  // Nest wraps what Fastify throws.
  const error = (thrown instanceof HttpException && thrown.cause) || thrown;
  if (error instanceof DomainError) return error;
  const status = statusOf(error);
  if (errorCodeOf(error) === 'FST_ERR_BAD_URL') return new UnreadablePath();
  if (status === 404) return new UnknownRoute();
  if (status === 413) return new RequestTooLarge('The body may have at most 100 kB.');
  if (status === 415) return new UnreadableBody('send Content-Type: application/json');
  if (isAborted(error)) return new UnreadableBody('the body ended too early');
  if (isOutage(error)) return unavailable(error);
  const isOfBody = error instanceof SyntaxError || String(errorCodeOf(error)).startsWith('FST_ERR_CTP');
  if (isOfBody && status !== 500) return new UnreadableBody('the body must be valid JSON');
  return status !== undefined && status >= 400 && status < 500 ? new UnreadableRequest() : undefined;
}

export function problemOf(error: DomainError, requestId: string): Problem {
  const status = STATUS_OF[error.kind];
  const standard = {
    type: `urn:milkround:problem:${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: error.message,
    code: error.code,
    requestId,
  };
  // The standard members come first, and win over figures of the same name.
  return { ...standard, ...error.details, ...standard };
}

/** Says nothing but where to look: the log has the rest under the same request id. */
export function internalProblem(requestId: string): Problem {
  return {
    type: 'urn:milkround:problem:service.internal',
    title: 'Internal Server Error',
    status: 500,
    detail: 'Something went wrong on our side. Tell us the requestId.',
    code: 'service.internal',
    requestId,
  };
}

/** The client has hung up in the middle of its body. */
function isAborted(error: unknown): boolean {
  return error instanceof Error && error.message === 'aborted' && errorCodeOf(error) === 'ECONNRESET';
}

function errorCodeOf(error: unknown): unknown {
  return ((error ?? {}) as { code?: unknown }).code;
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}
