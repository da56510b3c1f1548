import type { LocalDate } from '../../../kernel/calendar';
import type { SubscriptionId } from '../../../kernel/ids';
import { Conflict, Invalid, NotFound } from '../../../platform/errors';

export class SubscriptionNotFound extends NotFound {
  static override readonly code = 'subscription.not_found';
  constructor(subscriptionId: SubscriptionId) {
    super('There is no such subscription among yours: see GET /subscription/list.', { subscriptionId });
  }
}

export class CutoffPassed extends Conflict {
  static override readonly code = 'subscription.cutoff_passed';
  constructor(firstOpenDate: LocalDate) {
    super(`It is too late to change this date: the first that can still be changed is ${firstOpenDate}.`, {
      firstOpenDate,
    });
  }
}

export class NeverDue extends Invalid {
  static override readonly code = 'subscription.never_due';
  constructor() {
    const message = 'Nothing would ever come: no date from startDate to endDate fits the pattern.';
    super(message, { errors: [{ field: 'endDate', message }] });
  }
}

export class SubscriptionEnded extends Conflict {
  static override readonly code = 'subscription.ended';
  constructor(status: 'ENDED' | 'CANCELLED', since: LocalDate) {
    super(`This subscription is ${status}, nothing comes from ${since} on: subscribe anew at POST /order/subscribe.`, {
      subscriptionStatus: status,
    });
  }
}

export class DateNotDue extends Conflict {
  static override readonly code = 'subscription.date_not_due';
  constructor(date: LocalDate, outcome: string, nextDueDates: readonly LocalDate[]) {
    const dates = nextDueDates.length > 0 ? `the next dates are ${nextDueDates.join(', ')}` : 'no date is to come';
    super(`Nothing comes on ${date} (${outcome}): ${dates}.`, { date, outcome, nextDueDates });
  }
}

export class DateNotOverridden extends Conflict {
  static override readonly code = 'subscription.not_skipped';
  constructor(date: LocalDate, exceptions: readonly LocalDate[]) {
    const dates = exceptions.length > 0 ? exceptions.join(', ') : 'no date';
    super(`${date} is neither skipped nor overridden, but ${dates} is.`, { date, exceptions });
  }
}

export class NotPaused extends Conflict {
  static override readonly code = 'subscription.not_paused';
  constructor(planned: readonly { readonly from: LocalDate; readonly to?: LocalDate }[]) {
    const way = planned.length > 0 ? 'a planned one is withdrawn with its `from`' : 'none is planned';
    super(`No such pause is running: ${way}.`, { pauses: planned });
  }
}

export class TooManyPauses extends Conflict {
  static override readonly code = 'subscription.too_many_pauses';
  constructor(atMost: number) {
    super(`A subscription has at most ${atMost} pauses: join some, or pause without \`to\`.`, { atMost });
  }
}

export class TooManyDateOverrides extends Conflict {
  static override readonly code = 'subscription.too_many_exceptions';
  constructor(dates: number, lines: number) {
    super(
      `At most ${dates} dates to come are skipped or overridden, with ${lines} lines in all: pause, or change it.`,
      {
        dates,
        lines,
      },
    );
  }
}

/** Somebody changed the subscription between reading and writing it: read it again, and decide anew. */
export class SubscriptionConflict extends Error {}
