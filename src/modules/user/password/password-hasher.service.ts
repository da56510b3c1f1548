import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { test as isListedAsCommon } from 'fxa-common-password-list';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { newSecret } from '../../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { type PasswordOwner, passwordProblem } from '../domain/password-policy';
import { SignInBusy, WeakPassword } from '../domain/user.errors';

/** argon2id, as OWASP recommends: 19 MiB, two passes, one lane. */
const ARGON2_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Leaves one of libuv's four threads free, so that DNS lookups do not wait for passwords. */
const CONCURRENCY = Math.max(1, Math.min(3, availableParallelism()));
const MAX_QUEUED = 100;

/** An outdated match is a hash from earlier versions, which did not normalise passwords. */
export type PasswordMatch = 'MATCH' | 'OUTDATED_MATCH' | 'NO_MATCH';

/** Hashes and verifies passwords with limited concurrency; `auth.busy` when the queue is full. */
@Injectable()
export class PasswordHasher {
  private readonly limit = pLimit(CONCURRENCY);
  /** Hash of a random password, verified where an account has none, so that both cases take the same time. */
  private readonly dummyHash = hash(newSecret(), ARGON2_OPTIONS);

  constructor(@Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings) {}

  /** Hashes a new password. In production, `request.invalid` for `field` if it is too short or easy to guess. */
  async hash(password: string, field: string, owner: PasswordOwner): Promise<string> {
    const problem = this.problemOf(password, owner);
    if (problem !== undefined) throw new WeakPassword(field, problem);
    return this.rehash(password);
  }

  /** Whether a user may keep a password that is in use. Outside production, any. */
  isAllowed(password: string, owner: PasswordOwner): boolean {
    return this.problemOf(password, owner) === undefined;
  }

  /** Hashes a password that already is in use. */
  async rehash(password: string): Promise<string> {
    return this.enqueue(() => hash(normalized(password), ARGON2_OPTIONS));
  }

  /**
   * Compares a password with a hash. Without a hash it does not match. The time depends only on the password, so that it
   * does not tell whether an account exists.
   */
  async verifyPassword(password: string, passwordHash: string | undefined): Promise<PasswordMatch> {
    const matches = await this.enqueue(async () => {
      const compared = passwordHash ?? (await this.dummyHash);
      const isCurrent = await verify(compared, normalized(password));
      const isOutdated = normalized(password) !== password && (await verify(compared, password));
      return { isCurrent, isOutdated };
    });
    if (passwordHash === undefined) return 'NO_MATCH';
    return matches.isCurrent ? 'MATCH' : matches.isOutdated ? 'OUTDATED_MATCH' : 'NO_MATCH';
  }

  private problemOf(password: string, owner: PasswordOwner): string | undefined {
    return this.config.production ? passwordProblem(normalized(password), owner, isListedAsCommon) : undefined;
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= MAX_QUEUED) throw new SignInBusy();
    return this.limit(work);
  }
}

/** Devices compose the same typed text in different ways, such as ä in one or two code points. */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
