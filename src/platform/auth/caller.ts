import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isId, type UserId } from '../../kernel/ids';
import type { Role } from '../../kernel/roles';
import { InvalidRequest } from '../errors';
import { NotSignedIn } from './auth.errors';

/** The user who sent the request, according to the access token. */
export interface Caller {
  readonly userId: UserId;
  readonly role: Role;
  /** Of our own access tokens, not of those of another issuer. */
  readonly token?: AccessTokenAge;
  /**
   * The sign-in to which the token belongs: the id of our session, or one derived from a token of another issuer. Absent
   * in tokens of earlier versions.
   */
  readonly sessionId?: string;
}

/** When an access token was issued. */
export interface AccessTokenAge {
  /** Epoch seconds. */
  readonly issuedAt: number;
  /** The access version of the account at that time. Absent in tokens of earlier versions. */
  readonly version?: number;
}

/** Whether a caller may access the objects of a user: the user or an admin. */
export function isOwnerOrAdmin({ userId, role }: Caller, ownerId: UserId): boolean {
  return userId === ownerId || role === 'ADMIN';
}

export type AuthenticatedRequest = FastifyRequest & { user?: Caller };

export function callerOf(context: ExecutionContext): Caller {
  const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!user) throw new NotSignedIn();
  return user;
}

/** Injects the caller of a request. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerOf(context));

/**
 * Injects the user that a request is for: the `userId` of its body or query, else the caller. AccessGuard lets only
 * admins name another user.
 */
export const TargetUserId = createParamDecorator((_: unknown, context: ExecutionContext): UserId => {
  const { userId } = callerOf(context);
  return requestedUserIdOf(context) ?? userId;
});

/** The `userId` in a request. Ignores invalid ids, which the DTO refuses. */
export function requestedUserIdOf(context: ExecutionContext): UserId | undefined {
  const { body, query } = context.switchToHttp().getRequest<FastifyRequest>();
  const [inBody, inQuery] = [userIdIn(body), userIdIn(query)];
  if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
    throw new InvalidRequest([{ field: 'userId', message: 'userId must be the same in body and query' }]);
  }
  return inBody ?? inQuery;
}

/** Whether a request names a user other than its caller in its query or body. */
export function namesAnotherUser(context: ExecutionContext): boolean {
  const { userId } = callerOf(context);
  const { body, query } = context.switchToHttp().getRequest<FastifyRequest>();
  return [body, query].some((source) => (userIdIn(source) ?? userId) !== userId);
}

function userIdIn(source: unknown): UserId | undefined {
  const { userId } = (source ?? {}) as { userId?: unknown };
  return isId(userId) ? userId : undefined;
}
