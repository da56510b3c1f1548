import { Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { Transaction } from '../../../platform/transaction/transaction';
import { InvalidCredentials, InvalidResetToken, UserNotFound } from '../domain/user.errors';
import { ThrottleService } from '../throttle/throttle.service';
import { UserRepository } from '../user.repository';
import { PasswordHasher } from './password-hasher.service';
import { PasswordResetRequests } from './password-reset-requests.service';
import { PasswordResetTokens } from './password-reset-tokens.service';

/** Changes and resets passwords. Both end all sessions of the user. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly resetTokens: PasswordResetTokens,
    private readonly throttle: ThrottleService,
    private readonly transaction: Transaction,
    private readonly resetRequests: PasswordResetRequests,
  ) {}

  /** Changes a password, given the current one: `auth.invalid_credentials`, `auth.too_many_attempts`, `auth.busy`. */
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
      const passwordHash = await this.passwords.hash(newPassword, 'newPassword');
      await this.transaction.commit([...this.users.changePassword(user, passwordHash), releaseAttempt]);
    });
  }

  /**
   * Sends a reset link if the e-mail has an account. All work happens after the response, which is therefore the same,
   * and takes the same time, for an unknown e-mail. Emits `user.password_reset_requested`.
   */
  requestReset(email: string): void {
    this.resetRequests.request(email);
  }

  /** Sets a new password with the token from the mail, which works once: `auth.invalid_reset_token`. */
  async reset({ token, newPassword }: { token: string; newPassword: string }): Promise<void> {
    const reset = this.resetTokens.parse(token);
    const user = reset && (await this.users.find(reset.userId));
    if (!user || user.resetId !== reset.resetId || user.blocked || this.resetTokens.isExpired(user)) {
      throw new InvalidResetToken();
    }
    const passwordHash = await this.passwords.hash(newPassword, 'newPassword');
    await this.transaction.commit(this.users.resetPassword(user, reset.resetId, passwordHash));
  }
}
