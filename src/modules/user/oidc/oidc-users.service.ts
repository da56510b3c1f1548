import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { UserId } from '../../../kernel/ids';
import type { Role } from '../../../kernel/roles';
import { Clock } from '../../../platform/clock';
import { Transaction } from '../../../platform/transaction/transaction';
import { CourierDirectory } from '../courier-directory.service';
import { userIdOfIdentity } from '../domain/ids';
import { newUser } from '../domain/user';
import { EmailTaken, UserIdTaken } from '../domain/user.errors';
import { type StoredUser, UserRepository } from '../user.repository';
import { USER_SETTINGS, type UserSettings } from '../user.settings';
import { type OidcClaims, userDetailsOf } from './oidc-claims';
import { IdentityEmailTaken, IdentityUnknown } from './oidc.errors';

/** As much as every request of theirs has to know. */
export type AccountAccess = Pick<StoredUser, 'userId' | 'role' | 'blocked'>;

const CACHE_SIZE = 10_000;
const CACHE_TTL_MILLISECONDS = 30_000;

/** The users whom another issuer signs in. What they may do is written here, not there: an issuer only says who it is. */
@Injectable()
export class OidcUsers {
  private readonly cache = new LRUCache<UserId, AccountAccess, OidcClaims>({
    max: CACHE_SIZE,
    ttl: CACHE_TTL_MILLISECONDS,
    fetchMethod: (userId, _, { context }) => this.findOrCreate(userId, context),
  });

  constructor(
    private readonly repository: UserRepository,
    private readonly transaction: Transaction,
    private readonly couriers: CourierDirectory,
    private readonly clock: Clock,
    @Inject(USER_SETTINGS) private readonly settings: UserSettings,
  ) {}

  /**
   * The user of a token, at most 30 s old. Who comes for the first time becomes one, with the role that the token names
   * then, and needs a verified e-mail in it that is nobody's here: `auth.not_admitted`. Emits `user.registered`.
   */
  async accessOf(claims: OidcClaims): Promise<AccountAccess> {
    return this.cache.forceFetch(userIdOfIdentity(issuerOf(claims), claims.sub), { context: claims });
  }

  /** Somebody's role has changed, or whether they are blocked. */
  invalidate(userId: UserId): void {
    this.cache.delete(userId);
  }

  private async findOrCreate(userId: UserId, claims: OidcClaims): Promise<AccountAccess> {
    const found = await this.find(userId);
    if (found) return found;
    try {
      return await this.create(userId, claims);
    } catch (error) {
      // Somebody's first two requests came at once.
      const alreadyExists = error instanceof UserIdTaken || error instanceof EmailTaken;
      const created = alreadyExists ? await this.find(userId) : undefined;
      if (created) return created;
      throw error instanceof EmailTaken ? new IdentityEmailTaken() : error;
    }
  }

  /** A row that is not the issuer's was made under this id by somebody else, and is nobody whom the issuer knows. */
  private async find(userId: UserId): Promise<AccountAccess | undefined> {
    const user = await this.repository.find(userId);
    if (user?.issuer === undefined) return undefined;
    const { role, blocked } = user;
    return { userId, role, blocked };
  }

  private async create(userId: UserId, claims: OidcClaims): Promise<AccountAccess> {
    const details = userDetailsOf(claims);
    if (!details) throw new IdentityUnknown();
    const role = this.roleOf(claims);
    const user = newUser({ ...details, userId }, role, this.clock.now());
    await this.transaction.commit(this.repository.add(user, { issuer: issuerOf(claims) }), [
      { type: 'user.registered', userId },
    ]);
    if (role === 'COURIER') this.couriers.invalidate();
    return { userId, role, blocked: false };
  }

  private roleOf(claims: OidcClaims): Role {
    const claimedRoles = [claims[this.settings.issuer?.rolesClaim ?? '']].flat();
    return (['ADMIN', 'COURIER'] as const).find((role) => claimedRoles.includes(role)) ?? 'CUSTOMER';
  }
}

function issuerOf({ iss }: OidcClaims): string {
  return iss.replace(/\/$/, '');
}
