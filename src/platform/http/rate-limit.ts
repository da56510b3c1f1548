import { RouteConfig } from '@nestjs/platform-fastify';
import { TooManyRequests } from '../errors';

export class TooManyFromAddress extends TooManyRequests {
  static override readonly code = 'request.too_many';
  constructor(retryAfterSeconds: number) {
    super('Too many requests from your address: wait as long as Retry-After says.', retryAfterSeconds);
  }
}

/** At most so many requests a minute from one address; kept by each task for itself. */
export function RateLimit(aMinute: number): MethodDecorator {
  return RouteConfig({ rateLimit: { max: aMinute, timeWindow: 60_000 } }) as MethodDecorator;
}
