import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isId, type UserId } from '../../kernel/ids';
import type { Role } from '../../kernel/roles';
import { Forbidden, InvalidRequest, NotFound, Unauthenticated, Unavailable } from '../errors';

/** Who is asking, as the access token says. */
export interface Caller {
  readonly userId: UserId;
  readonly role: Role;
}

export type AuthenticatedRequest = FastifyRequest & { user?: Caller };

export class NotSignedIn extends Unauthenticated {
  static override readonly code = 'auth.unauthenticated';
  constructor() {
    super('Sign in first: POST /user/login, then send Authorization: Bearer <accessToken>.');
  }
}

export class WrongRole extends Forbidden {
  static override readonly code = 'auth.forbidden';
  constructor() {
    super('Your role does not allow this.');
  }
}

/** The token of another issuer is in order, but not whom it names. */
export class IdentityRejected extends Forbidden {
  static override readonly code = 'auth.not_admitted';

  static blocked(): IdentityRejected {
    return new IdentityRejected('This account is blocked: call the dairy.');
  }

  static unknown(): IdentityRejected {
    return new IdentityRejected('Come once with a token that holds your verified e-mail, such as the ID token.');
  }

  static emailTaken(): IdentityRejected {
    return new IdentityRejected(
      'Your e-mail has an account with a password here: sign in with that, at POST /user/login.',
    );
  }
}

export class IssuerUnavailable extends Unavailable {
  static override readonly code = 'auth.issuer_unavailable';
  constructor() {
    super('Your sign-in cannot be looked at just now: try again in a moment.');
  }
}

export class NotOwner extends Forbidden {
  static override readonly code = 'auth.not_owner';
  constructor() {
    super('userId is not yours: leave it out, or send your own.');
  }
}

/** An admin acts for somebody who does not exist. */
export class UserNotFound extends NotFound {
  static override readonly code = 'user.not_found';
  constructor(userId: UserId) {
    super(`There is no user ${userId}.`, { userId });
  }
}

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
