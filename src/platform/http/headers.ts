import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { type Caller, callerOf, requestedUserIdOf } from '../auth/caller';
import { InvalidRequest } from '../errors';
import type { IdempotentRequest } from '../transaction/idempotency';

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** The Idempotency-Key, scoped to caller and route, with hashes of the request. Undefined if no key was sent. */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): IdempotentRequest | undefined => {
    const request = requestOf(context);
    const key = request.headers['idempotency-key'];
    if (key === undefined) return undefined;
    if (typeof key !== 'string' || key.length < 1 || key.length > 255) {
      throw new InvalidRequest([{ field: 'Idempotency-Key', message: 'Idempotency-Key must have 1–255 characters' }]);
    }
    const caller = callerOf(context);
    const route = `${request.method} ${request.routeOptions.url}`;
    return {
      id: `${caller.userId}#${route}#${key}`,
      hash: hashOf([requestedUserIdOf(context) ?? caller.userId, request.params, queryOf(request), request.body]),
      ...(isDescribedByBody(caller, request) && { bodyHash: hashOf(request.body) }),
    };
  },
);

/** The query without `userId`, which the effective user stands for. */
function queryOf({ query }: FastifyRequest): object {
  const { userId: _, ...rest } = query as Record<string, unknown>;
  return rest;
}

/** Whether requests of this caller to this route can differ only in their bodies. An admin may act for another user. */
function isDescribedByBody({ role }: Caller, request: FastifyRequest): boolean {
  return role !== 'ADMIN' && Object.keys({ ...queryOf(request), ...(request.params as object) }).length === 0;
}

/** The version that the caller expects, from If-Match. Undefined if any version will do. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = requestOf(context).headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  // Clients often leave out the quotes.
  const version = /^(?:W\/)?("?)(\d{1,15})\1$/.exec(header.trim())?.[2];
  // A tag that we never issue becomes -1, which matches no version.
  return version === undefined ? -1 : Number(version);
});

/** The User-Agent header, as sent. */
export const UserAgent = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined => requestOf(context).headers['user-agent'],
);

function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}

/** JSON with sorted members, so that equal requests have the same hash. */
function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
