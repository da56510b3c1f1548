import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { test as isCommonOfEight } from 'fxa-common-password-list';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { newSecret } from '../../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { isCommonSevenCharacterPassword } from '../domain/common-passwords';
import { CommonPassword, SignInBusy } from '../domain/user.errors';

/** argon2id, as OWASP advises: 19 MiB, two passes, one lane. */
const ARGON2_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** One of libuv's four threads is left to others, so that name look-ups do not wait for passwords. */
const CONCURRENCY = Math.max(1, Math.min(3, availableParallelism()));
const MAX_QUEUED = 100;

/** Makes and checks password hashes: so many at once, so many waiting, then `auth.busy`. */
@Injectable()
export class PasswordHasher {
  private readonly limit = pLimit(CONCURRENCY);
  /** The hash of a password that nobody knows, checked where there is none, so that both take the same work. */
  private readonly dummyHash = hash(newSecret(), ARGON2_OPTIONS);

  constructor(@Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings) {}

  /** The hash of a password that somebody chose; in production a common one is refused, naming `field`. */
  async hash(password: string, field: string): Promise<string> {
    if (this.config.production && isCommon(password)) throw new CommonPassword(field);
    return this.enqueue(() => hash(password, ARGON2_OPTIONS));
  }

  /** Whether a password is the one of a hash; without a hash it never is, and takes as long to find out. */
  async verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
    const matches = await this.enqueue(async () => verify(passwordHash ?? (await this.dummyHash), password));
    return matches && passwordHash !== undefined;
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= MAX_QUEUED) throw new SignInBusy();
    return this.limit(work);
  }
}

function isCommon(password: string): boolean {
  return isCommonOfEight(password.toLowerCase()) || isCommonSevenCharacterPassword(password);
}
