import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type AuthenticatedRequest, NotSignedIn } from '../../platform/http/caller';
import { UserRepository } from './user.repository';

/**
 * Believes a token that says ADMIN only as long as the account does: fifteen minutes are too long for what it opens.
 * Runs after AccessGuard, which knows no caller on a route that is for anyone.
 */
@Injectable()
export class StandingGuard implements CanActivate {
  constructor(private readonly users: UserRepository) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user: caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (caller?.role !== 'ADMIN') return true;
    const account = await this.users.find(caller.userId);
    // The token is signed by us and accounts are never deleted: who has none has lost none.
    if (account && (account.blocked || account.role !== 'ADMIN')) throw new NotSignedIn();
    return true;
  }
}
