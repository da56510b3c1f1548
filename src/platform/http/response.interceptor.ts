import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Page } from '../dynamo/cursor';
import { Pending } from '../pending';
import { currentContext } from '../request-context';
import { PagedResponse } from './paged-response';

/** Sets response headers: ETag of entities, Link of lists, Idempotency-Replayed, Location and Retry-After of pending results. */
@Injectable()
export class ResponseInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((result: unknown) => {
        if (currentContext()?.replayed) reply.header('Idempotency-Replayed', 'true');
        if (result instanceof PagedResponse) {
          const { next: cursor } = result.page as Page<unknown>;
          if (cursor !== undefined) reply.header('Link', `<${nextPageUrl(request.url, cursor)}>; rel="next"`);
          return result.body;
        }
        if (result instanceof Pending) {
          const { location, retryAfterSeconds, body } = result as Pending<object>;
          reply.status(202).header('Retry-After', String(retryAfterSeconds));
          if (location !== undefined) reply.header('Location', location);
          return body;
        }
        const { version } = (result ?? {}) as { version?: unknown };
        if (typeof version === 'number') reply.header('ETag', `"${version}"`);
        return result;
      }),
    );
  }
}

function nextPageUrl(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url, 'http://here');
  searchParams.set('cursor', cursor);
  return `${pathname}?${searchParams.toString()}`;
}
