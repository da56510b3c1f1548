import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type UserId, userIdOfIdentity } from '../../kernel/ids';
import type { Role } from '../../kernel/roles';
import { IdentityRejected } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { CONFIG, type Config } from '../../platform/config/config';
import { Transaction } from '../../platform/transaction/transaction';
import { type IssuedClaims, personOf } from './issued.claims';
import { newUser } from './user';
import { Couriers } from './user.couriers';
import { EmailTaken, UserIdTaken } from './user.errors';
import { type StoredUser, UserRepository } from './user.repository';

/** As much as every request of theirs has to know. */
export type Standing = Pick<StoredUser, 'userId' | 'role' | 'blocked'>;

const KNOWN_AT_MOST = 10_000;
const FRESH_MILLISECONDS = 30_000;

/** The users whom another issuer signs in. What they may do is written here, not there: an issuer only says who it is. */
@Injectable()
export class IssuedUsers {
  private readonly known = new LRUCache<UserId, Standing, IssuedClaims>({
    max: KNOWN_AT_MOST,
    ttl: FRESH_MILLISECONDS,
    fetchMethod: (userId, _, { context }) => this.findOrCreate(userId, context),
  });

  constructor(
    private readonly repository: UserRepository,
    private readonly transaction: Transaction,
    private readonly couriers: Couriers,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The user of a token, at most 30 s old. Who comes for the first time becomes one, with the role that the token names
   * then, and needs a verified e-mail in it that is nobody's here: `auth.not_admitted`. Emits `user.registered`.
   */
  async standingOf(claims: IssuedClaims): Promise<Standing> {
    return this.known.forceFetch(userIdOfIdentity(issuerOf(claims), claims.sub), { context: claims });
  }

  /** Somebody's role has changed, or whether they are blocked. */
  changed(userId: UserId): void {
    this.known.delete(userId);
  }

  private async findOrCreate(userId: UserId, claims: IssuedClaims): Promise<Standing> {
    const found = await this.find(userId);
    if (found) return found;
    try {
      return await this.create(userId, claims);
    } catch (error) {
      // Somebody's first two requests came at once.
      const isThere = error instanceof UserIdTaken || error instanceof EmailTaken;
      const created = isThere ? await this.find(userId) : undefined;
      if (created) return created;
      throw error instanceof EmailTaken ? IdentityRejected.emailTaken() : error;
    }
  }

  /** A row that is not the issuer's was made under this id by somebody else, and is nobody whom the issuer knows. */
  private async find(userId: UserId): Promise<Standing | undefined> {
    const user = await this.repository.find(userId);
    if (user?.issuer === undefined) return undefined;
    const { role, blocked } = user;
    return { userId, role, blocked };
  }

  private async create(userId: UserId, claims: IssuedClaims): Promise<Standing> {
    const person = personOf(claims);
    if (!person) throw IdentityRejected.unknown();
    const role = this.roleOf(claims);
    const user = newUser({ ...person, userId }, role, this.clock.now());
    await this.transaction.commit(this.repository.add(user, { issuer: issuerOf(claims) }), [
      { type: 'user.registered', userId },
    ]);
    if (role === 'COURIER') this.couriers.changed();
    return { userId, role, blocked: false };
  }

  private roleOf(claims: IssuedClaims): Role {
    const named = [claims[this.config.issuer?.rolesClaim ?? '']].flat();
    return (['ADMIN', 'COURIER'] as const).find((role) => named.includes(role)) ?? 'CUSTOMER';
  }
}

function issuerOf({ iss }: IssuedClaims): string {
  return iss.replace(/\/$/, '');
}
