import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { Transaction } from '../../platform/transaction/transaction';
import { ForgottenPasswords } from './password.forgotten';
import { PasswordHasher } from './password.hasher';
import { PasswordResets } from './password.reset';
import { Throttle } from './throttle.service';
import { InvalidCredentials, InvalidResetToken, UserNotFound } from './user.errors';
import { UserRepository } from './user.repository';

/** Changing a password, and choosing a new one when the last is lost. Both end all sessions of the user. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly resets: PasswordResets,
    private readonly throttle: Throttle,
    private readonly transaction: Transaction,
    private readonly forgotten: ForgottenPasswords,
  ) {}

  /** Changes the password of who knows the present one: `auth.invalid_credentials`, `auth.too_many_attempts`. */
  async change(
    userId: UserId,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    address: string,
  ): Promise<void> {
    const user = await this.users.find(userId);
    if (!user) throw new UserNotFound(userId);
    await this.throttle.guess(user.email, address, async (right) => {
      if (!(await this.passwords.isRight(currentPassword, user.passwordHash))) throw new InvalidCredentials();
      const passwordHash = await this.passwords.hash(newPassword, 'newPassword');
      await this.transaction.commit([...this.users.changePassword(user, passwordHash), right]);
    });
  }

  /**
   * Has a reset link sent, when the e-mail has an account. All of it happens after the answer, which therefore
   * takes as long and says as much for an e-mail that has none. Emits `user.password_reset_requested`.
   */
  forgot(email: string): void {
    this.forgotten.ask(email);
  }

  /** Sets a new password for who holds the token from the mail; once: `auth.invalid_reset_token`. */
  async reset({ token, newPassword }: { token: string; newPassword: string }): Promise<void> {
    const reset = this.resets.parse(token);
    const user = reset && (await this.users.find(reset.userId));
    if (!user || user.resetId !== reset.resetId || user.blocked || this.resets.isOver(user)) {
      throw new InvalidResetToken();
    }
    const passwordHash = await this.passwords.hash(newPassword, 'newPassword');
    await this.transaction.commit(this.users.resetPassword(user, reset.resetId, passwordHash));
  }
}
