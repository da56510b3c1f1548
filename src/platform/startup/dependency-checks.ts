import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config';
import { type DependencyCheck, waitFor } from './wait-for';

/** Knows what must be there before the program can serve. Each part that needs something says here how to look for it. */
@Injectable()
export class DependencyChecks {
  private readonly logger = new Logger(DependencyChecks.name);
  private readonly checks: DependencyCheck[] = [];

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  register(...checks: readonly DependencyCheck[]): void {
    this.checks.push(...checks);
  }

  /** Waits until all is there, for `START_WAIT_SECONDS` at most; then `DependenciesUnavailable`. */
  async waitUntilReady(): Promise<void> {
    await waitFor(this.checks, {
      seconds: this.config.startWaitSeconds,
      tell: (news) => this.logger.warn(news),
    });
  }
}
