import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config';
import type { Write } from '../../platform/dynamo/write';
import { type Attempt, ThrottleRepository } from './throttle.repository';
import { InvalidCredentials } from './user.errors';

/** Bounds how often passwords are guessed: per account and address, over all tasks together. */
@Injectable()
export class Throttle {
  private readonly logger = new Logger(Throttle.name);

  constructor(
    private readonly repository: ThrottleRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Runs a story that checks a password; `auth.too_many_attempts` after ten wrong ones in fifteen minutes. The story
   * commits the write it is given with its own, which says that the password was right; only `InvalidCredentials`
   * counts as wrong.
   */
  async guess<T>(email: string, address: string, story: (right?: Write) => Promise<T>): Promise<T> {
    if (!this.config.rateLimits) return story();
    const attempt = await this.repository.reserve('password', email, address);
    try {
      return await story(attempt.givenBack);
    } catch (error) {
      if (!(error instanceof InvalidCredentials)) await this.giveBack(attempt);
      throw error;
    }
  }

  /** Counts a mail that anyone can have sent to an account; `auth.too_many_attempts` after ten in fifteen minutes. */
  async countMail(email: string): Promise<void> {
    if (this.config.rateLimits) await this.repository.reserve('mail', email, '');
  }

  private async giveBack(attempt: Attempt): Promise<void> {
    await this.repository
      .giveBack(attempt)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'An attempt stays counted'));
  }
}
