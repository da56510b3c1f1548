import { Inject, Injectable, Logger } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { type DependencyCheck, waitFor } from './wait-for';

/** The dependencies that must be available before the program serves. Each component registers its own checks. */
@Injectable()
export class DependencyChecks {
  private readonly logger = new Logger(DependencyChecks.name);
  private readonly checks: DependencyCheck[] = [];

  constructor(@Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings) {}

  register(...checks: readonly DependencyCheck[]): void {
    this.checks.push(...checks);
  }

  /** Waits up to `START_WAIT_SECONDS` until all checks pass. `DependenciesUnavailable`. */
  async waitUntilReady(): Promise<void> {
    await waitFor(this.checks, {
      seconds: this.config.startWaitSeconds,
      report: (message) => this.logger.warn(message),
    });
  }
}
