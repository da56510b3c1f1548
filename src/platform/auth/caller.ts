import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isId, type UserId } from '../../kernel/ids';
import type { Role } from '../../kernel/roles';
import { InvalidRequest } from '../errors';
import { NotSignedIn } from './auth.errors';

/** Who is asking, as the access token says. */
export interface Caller {
  readonly userId: UserId;
  readonly role: Role;
}

/** Whether a caller has access to what belongs to a user: the user and every admin have. */
export function isOwnerOrAdmin({ userId, role }: Caller, ownerId: UserId): boolean {
  return userId === ownerId || role === 'ADMIN';
}

export type AuthenticatedRequest = FastifyRequest & { user?: Caller };

export function callerOf(context: ExecutionContext): Caller {
  const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!user) throw new NotSignedIn();
  return user;
}

/** The one who asks. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerOf(context));

/**
 * The user a request is about: the caller, or the `userId` of its body or query; AccessGuard lets only an admin name
 * somebody else.
 */
export const TargetUserId = createParamDecorator((_: unknown, context: ExecutionContext): UserId => {
  const { userId } = callerOf(context);
  return requestedUserIdOf(context) ?? userId;
});

/** The `userId` that a request names; what is no id at all, the DTO refuses. */
export function requestedUserIdOf(context: ExecutionContext): UserId | undefined {
  const { body, query } = context.switchToHttp().getRequest<FastifyRequest>();
  const [inBody, inQuery] = [userIdIn(body), userIdIn(query)];
  if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
    throw new InvalidRequest([{ field: 'userId', message: 'userId must be the same in body and query' }]);
  }
  return inBody ?? inQuery;
}

/** Whether a request names, in its query or its body, somebody else than its caller. */
export function namesAnotherUser(context: ExecutionContext): boolean {
  const { userId } = callerOf(context);
  const { body, query } = context.switchToHttp().getRequest<FastifyRequest>();
  return [body, query].some((source) => (userIdIn(source) ?? userId) !== userId);
}

function userIdIn(source: unknown): UserId | undefined {
  const { userId } = (source ?? {}) as { userId?: unknown };
  return isId(userId) ? userId : undefined;
}
