import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { NotSignedIn, UserNotFound } from '../../../platform/auth/auth.errors';
import type { Caller } from '../../../platform/auth/caller';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { Database } from '../../../platform/dynamo/database';
import { retryOnConflict } from '../../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../../platform/dynamo/write';
import { InvalidRequest } from '../../../platform/errors';
import { Transaction } from '../../../platform/transaction/transaction';
import { InvalidCode, SecondFactorAbsent, SecondFactorActive } from '../domain/second-factor.errors';
import { AccessVersionConflict, InvalidCredentials, OwnAccessChange } from '../domain/user.errors';
import { PasswordHasher } from '../password/password-hasher.service';
import { AccessRevocations } from '../session/access-revocations.service';
import { SessionRepository } from '../session/session.repository';
import { ThrottleService } from '../throttle/throttle.service';
import { type StoredUser, UserRepository } from '../user.repository';
import { USER_SETTINGS, type UserSettings } from '../user.settings';
import { newRecoveryCodes, recoveryHashOf } from './recovery-codes';
import { type CodeGuess, SecondFactorCheck } from './second-factor-check.service';
import { SecondFactorRepository } from './second-factor.repository';
import { TotpCodes } from './totp-codes.service';

/** Sets up and removes second factors, and records that a code was given in a session. */
@Injectable()
export class SecondFactors implements OnApplicationBootstrap {
  private readonly logger = new Logger(SecondFactors.name);

  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly factors: SecondFactorRepository,
    private readonly check: SecondFactorCheck,
    private readonly codes: TotpCodes,
    private readonly passwords: PasswordHasher,
    private readonly throttle: ThrottleService,
    private readonly revocations: AccessRevocations,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    @Inject(USER_SETTINGS) private readonly settings: UserSettings,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.production && this.settings.adminMfa === 'optional') {
      this.logger.warn('Second factor of admins is optional. Set ADMIN_MFA=required');
    }
  }

  /**
   * Creates a secret, which a code must confirm, given the password, if there is one. It replaces an unconfirmed one.
   * `auth.mfa_active`, `auth.invalid_credentials`, `auth.too_many_attempts`, `auth.busy`.
   */
  async setUp(
    { userId }: Caller,
    password: string | undefined,
    address: string,
  ): Promise<{ secret: string; uri: string }> {
    const user = await this.userOf(userId);
    if (user.mfa) throw new SecondFactorActive();
    const { secret, uri, encrypted } = this.codes.newSecret(userId, user.email);
    const store = (releaseAttempt?: Write) =>
      this.transaction.commit([this.factors.setUp(userId, encrypted), releaseAttempt]);
    if (user.passwordHash === undefined) await store();
    else {
      await this.throttle.limitGuesses(user.email, address, async (releaseAttempt) => {
        await this.verifyPassword(user, password);
        await store(releaseAttempt);
      });
    }
    return { secret, uri };
  }

  /**
   * Activates the second factor with its first code. Returns the recovery codes, which are stored only as hashes. Emits
   * `user.second_factor_activated`. `auth.mfa_active`, `auth.mfa_not_set_up`, `auth.invalid_code`,
   * `auth.too_many_attempts`.
   */
  async confirm(caller: Caller, code: string): Promise<string[]> {
    const { userId } = caller;
    return this.throttle.limitCodes(userId, async (releaseAttempt) => {
      const [user, factor] = await this.database.batchGet([this.users.readOf(userId), this.factors.readOf(userId)]);
      if (factor?.secret) throw new SecondFactorActive();
      if (!user || !factor?.pendingSecret) throw new SecondFactorAbsent();
      const step = this.codes.stepOf(userId, factor.pendingSecret, code);
      if (step === undefined) throw new InvalidCode();
      const recoveryCodes = newRecoveryCodes();
      const hashes = recoveryCodes.map((recoveryCode) => recoveryHashOf(userId, recoveryCode));
      await this.transaction.commit(
        [
          this.factors.activate(factor, step, hashes, this.clock.now()),
          ...this.users.activateSecondFactor(user),
          this.codeGivenWrite(caller),
          releaseAttempt,
        ],
        [{ type: 'user.second_factor_activated', userId }],
      );
      return recoveryCodes;
    });
  }

  /**
   * Records that a code was given in the session of the caller. `auth.mfa_not_set_up`, `auth.code_required`,
   * `auth.invalid_code`, `auth.too_many_attempts`.
   */
  async verify(caller: Caller, guess: CodeGuess): Promise<void> {
    const user = await this.userOf(caller.userId);
    if (!user.mfa) throw new SecondFactorAbsent();
    await this.check.withProof(caller.userId, guess, ({ useWrites }) =>
      this.transaction.commit([...useWrites, this.codeGivenWrite(caller)]),
    );
  }

  /**
   * Removes the caller's second factor, given the password, if there is one, and a code. Emits
   * `user.second_factor_removed`. `auth.mfa_not_set_up`, `auth.invalid_credentials`, `auth.code_required`,
   * `auth.invalid_code`, `auth.too_many_attempts`, `auth.busy`.
   */
  async remove(
    { userId }: Caller,
    { password, ...guess }: CodeGuess & { readonly password?: string },
    address: string,
  ): Promise<void> {
    const user = await this.userOf(userId);
    if (!user.mfa) throw new SecondFactorAbsent();
    await this.throttle.limitGuesses(user.email, address, async (releaseAttempt) => {
      await this.verifyPassword(user, password);
      await this.check.withProof(userId, guess, ({ removeWrites }) =>
        this.transaction.commit(
          [...removeWrites, ...this.users.removeSecondFactor(user), releaseAttempt],
          [{ type: 'user.second_factor_removed', userId }],
        ),
      );
    });
  }

  /**
   * Removes the second factor of another user who has lost it, and ends their sessions. Without an admin, on behalf of the
   * operator. Emits `user.second_factor_removed`. `user.own_access`, `user.not_found`, `auth.mfa_not_set_up`.
   */
  async reset(userId: UserId, adminId?: UserId): Promise<void> {
    if (userId === adminId) throw new OwnAccessChange();
    await retryOnConflict(AccessVersionConflict, async () => {
      const user = await this.userOf(userId);
      await this.transaction.commit(
        [this.factors.remove(userId), ...this.users.removeSecondFactorAndSessions(user), this.revocations.revoke(user)],
        [{ type: 'user.second_factor_removed', userId }],
      );
    });
  }

  private async userOf(userId: UserId): Promise<StoredUser> {
    const user = await this.users.find(userId);
    if (!user) throw new UserNotFound(userId);
    return user;
  }

  private async verifyPassword({ passwordHash }: StoredUser, password: string | undefined): Promise<void> {
    // Users of an external issuer have no password here.
    if (passwordHash === undefined) return;
    if (password === undefined) {
      throw new InvalidRequest([{ field: 'password', message: 'password must be the password of the account' }]);
    }
    const match = await this.passwords.verifyPassword(password, passwordHash);
    if (match === 'NO_MATCH') throw new InvalidCredentials();
  }

  private codeGivenWrite({ sessionId, token }: Caller): Write {
    // Tokens of earlier versions name no session. A refresh returns one that does.
    if (sessionId === undefined) throw new NotSignedIn();
    const now = Math.floor(this.clock.realNow() / 1_000);
    return token ? this.sessions.recordCode(sessionId, now) : this.sessions.recordCodeForIssuer(sessionId, now);
  }
}
