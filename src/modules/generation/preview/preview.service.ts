import { Injectable } from '@nestjs/common';
import { addDays, Calendar, type LocalDate } from '../../../kernel/calendar';
import { Clock } from '../../../platform/clock';
import { JobProgress } from '../../../platform/jobs/job-progress';
import { checkWithinHorizon, sortByName } from '../../subscription';
import { RunAlreadyStarted, RunTooLate } from '../domain/generation.errors';
import { type Preview, weekdayAverage } from '../domain/preview';
import { firstDateToRun } from '../domain/run';
import { RunSchedule } from '../run-schedule';
import { RunRepository } from '../run.repository';
import { DryRun } from './dry-run';

/** How far back one looks for runs of the same weekday. */
const LOOKBACK_DAYS = 56;

/** What the daily orders of a date that have not been made would be. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly dryRun: DryRun,
    private readonly repository: RunRepository,
    private readonly schedule: RunSchedule,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides all subscriptions for a date as its run would, were it made at once: by the prices, the stock and the
   * balances of now, whatever comes before that date. Writes nothing. `generation.begun` when the date has its run,
   * `generation.too_late` when it will have none any more, `request.invalid` when it is more than a year ahead.
   */
  async preview(date: LocalDate, progress = new JobProgress()): Promise<Preview> {
    const asOf = this.clock.now();
    const today = this.calendar.dateOf(asOf);
    checkWithinHorizon('date', date, today);
    const tomorrow = addDays(today, 1);
    const runs = await this.repository.listBetween(addDays(today, -LOOKBACK_DAYS), date > tomorrow ? date : tomorrow);
    if (runs.some((run) => run.date === date)) throw new RunAlreadyStarted(date);
    const first = firstDateToRun(runs, this.schedule.firstCatchUpDate(asOf));
    if (date < first) throw new RunTooLate(date, first);
    const { counts, faults, units } = await this.dryRun.run(date, progress);
    return { date, asOf, counts, faults, units: sortByName(units), usual: weekdayAverage(date, runs) };
  }
}
