import { Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { Transaction } from '../../../platform/transaction/transaction';
import { InvalidCredentials, InvalidResetToken, UserNotFound } from '../domain/user.errors';
import { ThrottleService } from '../throttle/throttle.service';
import { UserRepository } from '../user.repository';
import { PasswordHasher } from './password-hasher.service';
import { PasswordResetRequests } from './password-reset-requests.service';
import { PasswordResetTokens } from './password-reset-tokens.service';

/** Changing a password, and choosing a new one when the last is lost. Both end all sessions of the user. */
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

  /** Changes the password of who knows the present one: `auth.invalid_credentials`, `auth.too_many_attempts`. */
  async change(
    userId: UserId,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    address: string,
  ): Promise<void> {
    const user = await this.users.find(userId);
    if (!user) throw new UserNotFound(userId);
    await this.throttle.limitGuesses(user.email, address, async (releaseAttempt) => {
      if (!(await this.passwords.verifyPassword(currentPassword, user.passwordHash))) throw new InvalidCredentials();
      const passwordHash = await this.passwords.hash(newPassword, 'newPassword');
      await this.transaction.commit([...this.users.changePassword(user, passwordHash), releaseAttempt]);
    });
  }

  /**
   * Has a reset link sent, when the e-mail has an account. All of it happens after the answer, which therefore
   * takes as long and says as much for an e-mail that has none. Emits `user.password_reset_requested`.
   */
  requestReset(email: string): void {
    this.resetRequests.request(email);
  }

  /** Sets a new password for who holds the token from the mail; once: `auth.invalid_reset_token`. */
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
