import type { LocalDate } from '../../../kernel/calendar';
import type { SubscriptionId } from '../../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import { Conflict, Invalid, MAX_LISTED_ERRORS, NotFound } from '../../../platform/errors';

export class SubscriptionNotFound extends NotFound {
  static override readonly code = 'subscription.not_found';
  constructor(subscriptionId: SubscriptionId) {
    super('Subscription not found. Your subscriptions are at GET /subscription/list.', { subscriptionId });
  }
}

export class CutoffPassed extends Conflict {
  static override readonly code = 'subscription.cutoff_passed';
  constructor(firstOpenDate: LocalDate) {
    super(`The cutoff for this date has passed. The first date that can still be changed is ${firstOpenDate}.`, {
      firstOpenDate,
    });
  }
}

export class NeverDue extends Invalid {
  static override readonly code = 'subscription.never_due';
  constructor() {
    const message = 'No delivery date falls between startDate and endDate.';
    super(message, { errors: [{ field: 'endDate', message }] });
  }
}

export class TooManySubscriptions extends Conflict {
  static override readonly code = 'subscription.too_many';
  constructor(atMost: number) {
    super(
      `You already have ${atMost} subscriptions. Add the products to one of them (PATCH /subscription/update), or ` +
        'cancel one that you no longer need (POST /subscription/cancel).',
      { atMost },
    );
  }
}

export class CashLimitExceeded extends Conflict {
  static override readonly code = 'payment.cod_limit';
  constructor(cost: MinorUnits, limit: MinorUnits) {
    super(
      `The deliveries of one day could cost ${toMajorUnits(cost)}, but you may owe at most ${toMajorUnits(limit)} on ` +
        'delivery. Choose less, or paymentMethod WALLET. The limit is lower until your first delivery.',
      { cost: toMajorUnits(cost), limit: toMajorUnits(limit) },
    );
  }
}

export class SubscriptionEnded extends Conflict {
  static override readonly code = 'subscription.ended';
  constructor(status: 'ENDED' | 'CANCELLED', since: LocalDate) {
    super(
      `This subscription is ${status} and has no deliveries from ${since} on. Create a new one: POST /order/subscribe.`,
      {
        subscriptionStatus: status,
      },
    );
  }
}

export class DateNotDue extends Conflict {
  static override readonly code = 'subscription.date_not_due';
  constructor(date: LocalDate, outcome: string, nextDueDates: readonly LocalDate[]) {
    const next =
      nextDueDates.length > 0
        ? `The next deliveries are on ${nextDueDates.join(', ')}`
        : 'No other delivery is planned';
    super(`No delivery is due on ${date} (${outcome}). ${next}.`, { date, outcome, nextDueDates });
  }
}

export class DateNotOverridden extends Conflict {
  static override readonly code = 'subscription.not_skipped';
  constructor(date: LocalDate, upcoming: readonly LocalDate[]) {
    const exceptions = upcoming.slice(0, MAX_LISTED_ERRORS);
    const others =
      exceptions.length > 0 ? `Send one of these dates: ${exceptions.join(', ')}` : 'There is nothing to undo';
    super(`${date} is neither skipped nor overridden. ${others}.`, { date, exceptions });
  }
}

export class NotPaused extends Conflict {
  static override readonly code = 'subscription.not_paused';
  constructor(planned: readonly { readonly from: LocalDate; readonly to?: LocalDate }[]) {
    const hint = planned.length > 0 ? 'To remove a planned pause, send its `from`' : 'None is running or planned';
    super(`No pause matches the request. ${hint}.`, { pauses: planned.slice(0, MAX_LISTED_ERRORS) });
  }
}

export class TooManyPauses extends Conflict {
  static override readonly code = 'subscription.too_many_pauses';
  constructor(atMost: number) {
    super(
      `A subscription can have at most ${atMost} current and planned pauses. Remove one, or pause without \`to\`.`,
      {
        atMost,
      },
    );
  }
}

export class TooManyDateOverrides extends Conflict {
  static override readonly code = 'subscription.too_many_exceptions';
  constructor(dates: number, lines: number) {
    super(
      `At most ${dates} future dates may be skipped or overridden, with ${lines} lines in total. Pause the subscription or change its terms.`,
      {
        dates,
        lines,
      },
    );
  }
}

/** Not shown to clients: the customer of a subscription is blocked. */
export class CustomerBlocked extends Error {}

/** The subscription has changed since it was read. Read it again and retry. */
export class SubscriptionConflict extends Error {}
