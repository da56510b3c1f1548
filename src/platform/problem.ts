import { STATUS_CODES } from 'node:http';
import type { DomainError, ErrorKind } from './errors';

/** The HTTP status of each kind of error. */
export const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  unprocessable: 422,
  too_many_requests: 429,
  unavailable: 503,
};

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
  // Standard members come first, and override details of the same name.
  return { ...standard, ...error.details, ...standard };
}

/** Contains no details. The log has them under the same request id. */
export function internalProblem(requestId: string): Problem {
  return {
    type: 'urn:milkround:problem:service.internal',
    title: 'Internal Server Error',
    status: 500,
    detail: 'Something went wrong on our side. Contact support and quote the requestId.',
    code: 'service.internal',
    requestId,
  };
}
