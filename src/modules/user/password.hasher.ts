import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { test as isCommonOfEight } from 'fxa-common-password-list';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { newSecret } from '../../kernel/ids';
import { CONFIG, type Config } from '../../platform/config/config';
import { isCommonOfSeven } from './common-passwords';
import { CommonPassword, SignInBusy } from './user.errors';

/** argon2id, as OWASP advises: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** One of libuv's four threads is left to others, so that name look-ups do not wait for passwords. */
const AT_ONCE = Math.max(1, Math.min(3, availableParallelism()));
const WAITING_AT_MOST = 100;

/** Makes and checks password hashes: so many at once, so many waiting, then `auth.busy`. */
@Injectable()
export class PasswordHasher {
  private readonly limit = pLimit(AT_ONCE);
  /** The hash of a password that nobody knows, checked where there is none, so that both take the same work. */
  private readonly nobodys = hash(newSecret(), COST);

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The hash of a password that somebody chose; in production a common one is refused, naming `field`. */
  async hash(password: string, field: string): Promise<string> {
    if (this.config.production && isCommon(password)) throw new CommonPassword(field);
    return this.queued(() => hash(password, COST));
  }

  /** Whether a password is the one of a hash; without a hash it never is, and takes as long to find out. */
  async isRight(password: string, passwordHash: string | undefined): Promise<boolean> {
    const matches = await this.queued(async () => verify(passwordHash ?? (await this.nobodys), password));
    return matches && passwordHash !== undefined;
  }

  private queued<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= WAITING_AT_MOST) throw new SignInBusy();
    return this.limit(work);
  }
}

function isCommon(password: string): boolean {
  return isCommonOfEight(password.toLowerCase()) || isCommonOfSeven(password);
}
