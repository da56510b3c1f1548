import type { Instant, LocalDate } from '../../../kernel/calendar';
import { Conflict, NotFound } from '../../../platform/errors';

export class RunTooEarly extends Conflict {
  static override readonly code = 'generation.too_early';
  constructor(date: LocalDate, cutoff: Instant) {
    super(`Orders of ${date} can be changed until ${cutoff}. Start the run after that.`, { date, cutoff });
  }
}

export class RunTooLate extends Conflict {
  static override readonly code = 'generation.too_late';
  constructor(date: LocalDate, first: LocalDate) {
    super(`${date} is too long ago. The earliest date that can be run is ${first}.`, { date, first });
  }
}

export class RunAlreadyStarted extends Conflict {
  static override readonly code = 'generation.begun';
  constructor(date: LocalDate) {
    super(`The run of ${date} has already started. See GET /admin/generation/${date}.`, {
      date,
    });
  }
}

export class RunNotFound extends NotFound {
  static override readonly code = 'generation.not_found';
  constructor(date: LocalDate) {
    super(`No run for ${date}. Start it after the cutoff: POST /admin/generation/run.`, {
      date,
    });
  }
}

/** Not a failure: another worker has taken over the shard. */
export class ShardProgressConflict extends Error {
  constructor() {
    super('The shard has changed since it was read');
  }
}

/** Not a failure: an order, the stock or the wallet has changed since it was read for the retry. */
export class RetryConflict extends Error {}

/** Not a failure: the run is in another stage, or another worker was faster. */
export class RunConflict extends Error {
  constructor() {
    super('The run has changed since it was read');
  }
}
