import { Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { Database } from '../../../platform/dynamo/database';
import { update, type Write } from '../../../platform/dynamo/write';
import { isEmailVerified, type User } from '../domain/user';
import {
  EmailAlreadyVerified,
  InvalidVerificationToken,
  UserNotFound,
  VerificationRequestedRecently,
} from '../domain/user.errors';
import { usersTable } from '../user.schema';

/** Verifies the e-mail of users. This does not change their version, so that an `If-Match` still holds. */
@Injectable()
export class EmailVerificationRepository {
  private readonly users: string;

  constructor(database: Database) {
    this.users = database.tableName(usersTable);
  }

  /**
   * Marks the e-mail of a user as verified. `EmailAlreadyVerified` if it was verified before;
   * `auth.invalid_verification_token` if the user has another e-mail by now.
   */
  verify({ userId, email }: Pick<User, 'userId' | 'email'>): Write {
    return update(
      this.users,
      { userId },
      { set: { emailVerified: true }, remove: ['verificationRequestedAt'] },
      { condition: 'email = :email AND emailVerified = :no', values: { email, no: false } },
      (old) => (old?.email === email ? new EmailAlreadyVerified() : new InvalidVerificationToken()),
    );
  }

  /**
   * Records a request of a verification mail, at most one per interval. `user.not_found`, `user.email_already_verified`,
   * `user.verification_requested`.
   */
  request(userId: UserId, now: number, intervalMilliseconds: number): Write {
    return update(
      this.users,
      { userId },
      { set: { verificationRequestedAt: now } },
      {
        condition:
          'emailVerified = :no AND (attribute_not_exists(verificationRequestedAt) OR verificationRequestedAt <= :earlier)',
        values: { no: false, earlier: now - intervalMilliseconds },
      },
      (old) => {
        if (!old) return new UserNotFound(userId);
        const { verificationRequestedAt = now } = old as { verificationRequestedAt?: number };
        if (isEmailVerified(old)) return new EmailAlreadyVerified();
        const wait = Math.min(verificationRequestedAt, now) + intervalMilliseconds - now;
        return new VerificationRequestedRecently(Math.max(1, Math.ceil(wait / 1_000)));
      },
    );
  }
}
