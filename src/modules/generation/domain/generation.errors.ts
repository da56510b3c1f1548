import type { Instant, LocalDate } from '../../../kernel/calendar';
import { Conflict, NotFound } from '../../../platform/errors';

export class RunTooEarly extends Conflict {
  static override readonly code = 'generation.too_early';
  constructor(date: LocalDate, cutoff: Instant) {
    super(`The orders of ${date} can be changed until ${cutoff}: run it after that.`, { date, cutoff });
  }
}

export class RunTooLate extends Conflict {
  static override readonly code = 'generation.too_late';
  constructor(date: LocalDate, first: LocalDate) {
    super(`${date} is too long ago to be made up: the first date that can be is ${first}.`, { date, first });
  }
}

export class RunAlreadyStarted extends Conflict {
  static override readonly code = 'generation.begun';
  constructor(date: LocalDate) {
    super(`The orders of ${date} are made or on their way: GET /admin/generation/${date} says what became of them.`, {
      date,
    });
  }
}

export class RunNotFound extends NotFound {
  static override readonly code = 'generation.not_found';
  constructor(date: LocalDate) {
    super(`No orders were generated for ${date} yet: after its cutoff, POST /admin/generation/run does it at once.`, {
      date,
    });
  }
}

/** Another worker has written the shard and continues with it. Not a failure. */
export class ShardProgressConflict extends Error {
  constructor() {
    super('The shard has changed since it was read');
  }
}

/** The run is in another stage, or another worker was faster. Not a failure. */
export class RunConflict extends Error {
  constructor() {
    super('The run has changed since it was read');
  }
}
