import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { UserId } from '../../../kernel/ids';
import { isStaff, type Role } from '../../../kernel/roles';
import { Clock } from '../../../platform/clock';
import { Transaction } from '../../../platform/transaction/transaction';
import { CourierDirectory } from '../courier-directory.service';
import { userIdOfIdentity } from '../domain/ids';
import { newUser } from '../domain/user';
import { EmailTaken, UserIdTaken } from '../domain/user.errors';
import { PhoneNumbers } from '../phone-numbers.service';
import { AccessRevocations } from '../session/access-revocations.service';
import { type StoredUser, UserRepository } from '../user.repository';
import { USER_SETTINGS, type UserSettings } from '../user.settings';
import { type OidcClaims, userDetailsOf } from './oidc-claims';
import { IdentityEmailTaken, IdentityUnknown } from './oidc.errors';

/** The fields of an account that every request needs. */
export type AccountAccess = Pick<StoredUser, 'userId' | 'role' | 'blocked'>;

const CACHE_SIZE = 10_000;
const CACHE_TTL_MILLISECONDS = 30_000;

/** Users who sign in through an external issuer. The issuer identifies them; role and blocking are stored here. */
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
    private readonly phones: PhoneNumbers,
    private readonly clock: Clock,
    @Inject(USER_SETTINGS) private readonly settings: UserSettings,
    revocations: AccessRevocations,
  ) {
    revocations.onRevoked((userId) => this.invalidate(userId));
  }

  /**
   * Returns the user of a token, at most 30 s old, or 5 s after a change of role or blocking. The first request creates
   * the user, with the role in the token. The token must then contain a verified e-mail without an account here:
   * `auth.not_admitted`. `user.id_taken` if a registered user has the id. Emits `user.registered`,
   * `user.role_changed` for a courier or an admin, and `user.courier_activated` for a courier.
   */
  async accessOf(claims: OidcClaims): Promise<AccountAccess> {
    return this.cache.forceFetch(userIdOfIdentity(issuerOf(claims), claims.sub), { context: claims });
  }

  /** Drops a cached user after a change of role or blocking. */
  invalidate(userId: UserId): void {
    this.cache.delete(userId);
  }

  private async findOrCreate(userId: UserId, claims: OidcClaims): Promise<AccountAccess> {
    const found = await this.find(userId);
    if (found) return found;
    try {
      return await this.create(userId, claims);
    } catch (error) {
      // Two first requests of one user ran at the same time.
      const alreadyExists = error instanceof UserIdTaken || error instanceof EmailTaken;
      const created = alreadyExists ? await this.find(userId) : undefined;
      if (created) return created;
      throw error instanceof EmailTaken ? new IdentityEmailTaken() : error;
    }
  }

  /** Ignores a user without an issuer: that person registered here under this id, and the issuer does not know them. */
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
    const phone = details.phone && this.phones.find(details.phone);
    const user = newUser({ ...details, userId, phone, emailVerified: true }, role, this.clock.now());
    await this.transaction.commit(this.repository.add(user, { issuer: issuerOf(claims) }), [
      { type: 'user.registered', userId },
      ...(isStaff(role) ? [{ type: 'user.role_changed', userId, role } as const] : []),
      ...(role === 'COURIER' ? [{ type: 'user.courier_activated', userId } as const] : []),
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
