import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from './config';
import { type Look, untilMet } from './patience';

/** Knows what must be there before the program can serve. Each part that needs something says here how to look for it. */
@Injectable()
export class Needs {
  private readonly logger = new Logger(Needs.name);
  private readonly looks: Look[] = [];

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  register(...looks: readonly Look[]): void {
    this.looks.push(...looks);
  }

  /** Waits until all is there, for `START_WAIT_SECONDS` at most; then `NeedsUnmet`. */
  async untilMet(): Promise<void> {
    await untilMet(this.looks, {
      seconds: this.config.startWaitSeconds,
      tell: (news) => this.logger.warn(news),
    });
  }
}
