import { Inject, Injectable, Logger } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { type DependencyCheck, waitFor } from './wait-for';

/** Knows what must be there before the program can serve. Each part that needs something says here how to look for it. */
@Injectable()
export class DependencyChecks {
  private readonly logger = new Logger(DependencyChecks.name);
  private readonly checks: DependencyCheck[] = [];

  constructor(@Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings) {}

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
