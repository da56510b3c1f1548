import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TooManyRequests, Unauthenticated, Unavailable } from '../errors';
import { domainErrorOf, internalProblem, problemOf } from './problem';

/** Every failure leaves as `application/problem+json`; only our own faults are logged as errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const requestId = http.getRequest<FastifyRequest>().id;
    const error = domainErrorOf(thrown);
    if (!error) this.logger.error({ err: thrown }, 'A request failed by our own fault');
    if (error instanceof Unavailable) this.logger.warn({ err: error.cause ?? error }, 'A dependency does not answer');
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
    void reply.status(problem.status).header('Content-Type', 'application/problem+json').send(problem);
  }
}
