import { HttpException } from '@nestjs/common';
import { isOutage, unavailable } from '../aws-errors';
import { DomainError, InvalidRequest, NotFound, RequestTooLarge } from '../errors';

class UnknownRoute extends NotFound {
  static override readonly code = 'request.unknown_route';
  constructor() {
    super('No route has this method and path: see /docs.');
  }
}

class UnreadableBody extends InvalidRequest {
  constructor(message: string) {
    super([{ field: 'body', message }]);
  }
}

class UnreadableRequest extends InvalidRequest {
  constructor() {
    super([{ field: 'request', message: 'the request is malformed' }]);
  }
}

class UnreadablePath extends InvalidRequest {
  constructor() {
    super([{ field: 'path', message: 'the path must be well-formed: a % must be followed by two hexadecimal digits' }]);
  }
}

/** Translates a thrown value into an error for the caller. Undefined if the fault is ours. */
export function domainErrorOf(thrown: unknown): DomainError | undefined {
  // Nest wraps the errors of Fastify.
  const error = (thrown instanceof HttpException && thrown.cause) || thrown;
  if (error instanceof DomainError) return error;
  const status = statusOf(error);
  if (errorCodeOf(error) === 'FST_ERR_BAD_URL') return new UnreadablePath();
  if (status === 404) return new UnknownRoute();
  if (status === 413) return new RequestTooLarge('The body is too large. Most operations accept up to 100 kB.');
  if (status === 415) return new UnreadableBody('send Content-Type: application/json');
  if (isAborted(error)) return new UnreadableBody('the body ended too early');
  if (isOutage(error)) return unavailable(error);
  const isOfBody = error instanceof SyntaxError || String(errorCodeOf(error)).startsWith('FST_ERR_CTP');
  if (isOfBody && status !== 500) return new UnreadableBody('the body must be valid JSON');
  return status !== undefined && status >= 400 && status < 500 ? new UnreadableRequest() : undefined;
}

/** Whether the client closed the connection while sending the body. */
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
