import { Injectable } from '@nestjs/common';
import type { UserEvent } from '../../../events/user.events';
import type { UserId } from '../../../kernel/ids';
import { retryOnConflict } from '../../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../../platform/dynamo/write';
import { identifyActor } from '../../../platform/request-context';
import { Transaction } from '../../../platform/transaction/transaction';
import { AccessVersionConflict, InvalidCredentials, InvalidResetToken, UserNotFound } from '../domain/user.errors';
import { AccessRevocations } from '../session/access-revocations.service';
import { ThrottleService } from '../throttle/throttle.service';
import { type StoredUser, UserRepository } from '../user.repository';
import { proofOfEmail } from '../verification/proof-of-email';
import { PasswordHasher } from './password-hasher.service';
import { PasswordResetRequests } from './password-reset-requests.service';
import { PasswordResetTokens } from './password-reset-tokens.service';

/** Changes and resets passwords. Both end all sessions and access tokens of the user, and emit `user.password_changed`. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly resetTokens: PasswordResetTokens,
    private readonly throttle: ThrottleService,
    private readonly transaction: Transaction,
    private readonly resetRequests: PasswordResetRequests,
    private readonly revocations: AccessRevocations,
  ) {}

  /**
   * Changes a password, given the current one: `auth.invalid_credentials`, `auth.too_many_attempts`, `auth.busy`. Emits
   * `user.password_changed`.
   */
  async change(
    userId: UserId,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    address: string,
  ): Promise<void> {
    const user = await this.users.find(userId);
    if (!user) throw new UserNotFound(userId);
    await this.throttle.limitGuesses(user.email, address, async (releaseAttempt) => {
      const match = await this.passwords.verifyPassword(currentPassword, user.passwordHash);
      if (match === 'NO_MATCH') throw new InvalidCredentials();
      const passwordHash = await this.passwords.hash(newPassword, 'newPassword', user);
      await this.commitEndingAccess(
        user,
        (latest) => [...this.users.changePassword(latest, passwordHash), releaseAttempt],
        [{ type: 'user.password_changed', userId, method: 'PASSWORD' }],
      );
    });
  }

  /**
   * Sends a reset link if the e-mail has an account. All work happens after the response, which is therefore the same,
   * and takes the same time, for an unknown e-mail. Emits `user.password_reset_requested`, or `user.invited` for a user
   * without a password.
   */
  requestReset(email: string): void {
    this.resetRequests.request(email);
  }

  /**
   * Sets a new password with a token from a mail, which disables all of them: `auth.invalid_reset_token`. It verifies
   * the e-mail. A first reset removes phone and address, which another person may have entered. Wrong passwords of the
   * account no longer count, and it knows the address from then on. Emits `user.password_changed`, and
   * `user.email_verified` the first time.
   */
  async reset({ token, newPassword }: { token: string; newPassword: string }, address: string): Promise<void> {
    const reset = this.resetTokens.parse(token);
    const user = reset && (await this.users.find(reset.userId));
    if (!user || user.blocked || !this.resetTokens.isValidFor(reset, user)) throw new InvalidResetToken();
    identifyActor(user);
    const passwordHash = await this.passwords.hash(newPassword, 'newPassword', user);
    const proof = proofOfEmail(user);
    const changed = {
      type: 'user.password_changed',
      userId: user.userId,
      method: user.passwordHash === undefined ? 'INVITATION' : 'RESET',
      ...(proof.clearsContacts && { contactsCleared: true }),
    } as const;
    await this.commitEndingAccess(user, (latest) => this.users.resetPassword(latest, reset, passwordHash, proof), [
      changed,
      ...proof.events,
    ]);
    await this.throttle.clearFailures(user.email, address);
  }

  /** Commits writes that end the access tokens of a user. Another change may do the same at the same time. */
  private async commitEndingAccess(
    user: StoredUser,
    writesFor: (latest: StoredUser) => readonly (Write | undefined)[],
    events: readonly UserEvent[],
  ): Promise<void> {
    await retryOnConflict(AccessVersionConflict, async (conflict) => {
      const latest = conflict ? { ...user, accessVersion: conflict.accessVersion } : user;
      await this.transaction.commit([...writesFor(latest), this.revocations.revoke(latest)], events);
    });
  }
}
