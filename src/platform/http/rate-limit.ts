import { normalizeIP } from '@fastify/rate-limit';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AddRouteConfig } from './route-config';

/** Limits the requests per minute from one client address. Every task counts on its own. */
export function RateLimit(perMinute: number): MethodDecorator {
  return AddRouteConfig({ rateLimit: { max: perMinute, timeWindow: 60_000 } });
}

/** The client address as rate limits count it: an IPv6 network of 64 bits is one address. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  normalizeIP(context.switchToHttp().getRequest<FastifyRequest>().ip),
);
