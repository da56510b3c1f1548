import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Busy, TooManyRequests, Unauthenticated, Unavailable } from '../errors';
import { internalProblem, problemOf } from '../problem';
import { NO_STORE } from './cache-control';
import { domainErrorOf } from './domain-error';

const logger = new Logger('Problem');

/** Turns every error into an `application/problem+json` response. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Sends the problem for a thrown value. Only unhandled errors are logged at level error. */
export function sendProblem(thrown: unknown, { id: requestId }: FastifyRequest, reply: FastifyReply): void {
  const error = domainErrorOf(thrown);
  if (!error) logger.error({ err: thrown }, 'Unhandled error');
  if (error instanceof Unavailable && !(error instanceof Busy))
    logger.warn({ err: error.cause ?? error }, 'Dependency unavailable');
  if (error instanceof TooManyRequests || error instanceof Unavailable) {
    reply.header('Retry-After', String(error.retryAfterSeconds));
  }
  if (error instanceof TooManyRequests) {
    reply.header('RateLimit-Limit', String(error.limit));
    reply.header('RateLimit-Remaining', '0');
    reply.header('RateLimit-Reset', String(error.retryAfterSeconds));
  }
  if (error instanceof Unauthenticated) reply.header('WWW-Authenticate', 'Bearer');

  const problem = error ? problemOf(error, requestId) : internalProblem(requestId);
  void reply
    .status(problem.status)
    .headers({ 'X-Request-Id': requestId, 'Content-Type': 'application/problem+json', 'Cache-Control': NO_STORE })
    .send(problem);
}
