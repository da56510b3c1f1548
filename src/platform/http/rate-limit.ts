import { normalizeIP } from '@fastify/rate-limit';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { TooManyRequests } from '../errors';

export class RateLimitExceeded extends TooManyRequests {
  static override readonly code = 'request.too_many';
  constructor(retryAfterSeconds: number, limit: number) {
    super('Too many requests from your address: wait as long as Retry-After says.', retryAfterSeconds, limit);
  }
}

/** At most so many requests a minute from one address; kept by each task for itself. */
export function RateLimit(perMinute: number): MethodDecorator {
  return RouteConfig({ rateLimit: { max: perMinute, timeWindow: 60_000 } });
}

/** Where a request comes from, as limits count it: an IPv6 network of 64 bits is one address. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  normalizeIP(context.switchToHttp().getRequest<FastifyRequest>().ip),
);
