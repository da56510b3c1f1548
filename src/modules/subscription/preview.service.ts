import { Injectable } from '@nestjs/common';
import { addDays, Calendar, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { RunBegun, TooLate } from './generation.errors';
import { GenerationRepository } from './generation.repository';
import { GenerationTimes } from './generation.times';
import { checkInSight } from './outlook';
import { byName, type Preview, usual } from './preview';
import { EveningRehearsal } from './preview.rehearsal';

/** How far back one looks for runs of the same weekday. */
const DAYS_BACK = 56;

/** What the daily orders of a date that have not been made would be. */
@Injectable()
export class GenerationPreview {
  constructor(
    private readonly rehearsal: EveningRehearsal,
    private readonly repository: GenerationRepository,
    private readonly times: GenerationTimes,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides all subscriptions for a date as its run would, were it made at once: by the prices, the stock and the
   * balances of now, whatever comes before that date. Writes nothing. `generation.begun` when the date has its run,
   * `generation.too_late` when it will have none any more, `request.invalid` when it is more than a year ahead.
   */
  async of(date: LocalDate): Promise<Preview> {
    const asOf = this.clock.now();
    const today = this.calendar.dateOf(asOf);
    checkInSight('date', date, today);
    const tomorrow = addDays(today, 1);
    const runs = await this.repository.between(addDays(today, -DAYS_BACK), date > tomorrow ? date : tomorrow);
    if (runs.some((run) => run.date === date)) throw new RunBegun(date);
    const madeUp = this.times.firstMadeUp(asOf);
    const first = runs.findLast((run) => run.date >= madeUp)?.date ?? madeUp;
    if (date < first) throw new TooLate(date, first);
    const { counts, faults, units } = await this.rehearsal.of(date);
    return { date, asOf, counts, faults, units: byName(units), usual: usual(date, runs) };
  }
}
