import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { callerOf } from '../auth/caller';
import { InvalidRequest } from '../errors';
import type { IdempotentRequest } from '../transaction/idempotency';

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** The Idempotency-Key, scoped to caller and route, with a hash of the body. Undefined if no key was sent. */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): IdempotentRequest | undefined => {
    const request = requestOf(context);
    const key = request.headers['idempotency-key'];
    if (key === undefined) return undefined;
    if (typeof key !== 'string' || key.length < 1 || key.length > 255) {
      throw new InvalidRequest([{ field: 'Idempotency-Key', message: 'Idempotency-Key must have 1–255 characters' }]);
    }
    const route = `${request.method} ${request.routeOptions.url}`;
    return {
      id: `${callerOf(context).userId}#${route}#${key}`,
      hash: createHash('sha256').update(canonicalJson(request.body)).digest('base64url'),
    };
  },
);

/** The version that the caller expects, from If-Match. Undefined if any version will do. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = requestOf(context).headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  // Clients often leave out the quotes.
  const version = /^(?:W\/)?("?)(\d{1,15})\1$/.exec(header.trim())?.[2];
  // A tag that we never issue becomes -1, which matches no version.
  return version === undefined ? -1 : Number(version);
});

/** JSON with sorted members, so that equal bodies have the same hash. */
function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
