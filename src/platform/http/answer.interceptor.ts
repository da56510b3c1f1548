import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { currentContext } from '../context';
import type { Page } from '../dynamo/cursor';
import { NotReady } from './slow-answers';

/** A page of a list: the answer is the array, or what holds it; its next page is in the Link header. */
export class ListAnswer<T> {
  constructor(
    readonly page: Page<T>,
    readonly body: unknown = page.items,
  ) {}
}

/** Adds to answers what HTTP has headers for: ETag of entities, Link of lists, Idempotency-Replayed, Retry-After. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (currentContext()?.replayed) reply.header('Idempotency-Replayed', 'true');
        if (answer instanceof ListAnswer) {
          const { next: cursor } = answer.page as Page<unknown>;
          if (cursor !== undefined) reply.header('Link', `<${nextAddress(request.url, cursor)}>; rel="next"`);
          return answer.body;
        }
        if (answer instanceof NotReady) {
          const { message, retryAfterSeconds } = answer;
          reply.status(202).header('Retry-After', String(retryAfterSeconds));
          return { message };
        }
        const { version } = (answer ?? {}) as { version?: unknown };
        if (typeof version === 'number') reply.header('ETag', `"${version}"`);
        return answer;
      }),
    );
  }
}

function nextAddress(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url, 'http://here');
  searchParams.set('cursor', cursor);
  return `${pathname}?${searchParams.toString()}`;
}
