import { Injectable } from '@nestjs/common';
import { addDays, Calendar, type LocalDate } from '../../../kernel/calendar';
import { Clock } from '../../../platform/clock';
import { JobProgress } from '../../../platform/jobs/job-progress';
import { checkWithinHorizon, sortByName } from '../../subscription';
import { CustomerNames } from '../customer-names.service';
import { RunAlreadyStarted, RunTooLate } from '../domain/generation.errors';
import { type Preview, weekdayAverage } from '../domain/preview';
import { firstDateToRun } from '../domain/run';
import { RunSchedule } from '../run-schedule';
import { RunRepository } from '../run.repository';
import { DryRun } from './dry-run';

/** How far back to look for runs on the same weekday. */
const LOOKBACK_DAYS = 56;

/** Previews the orders that the run of a date would place. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly dryRun: DryRun,
    private readonly names: CustomerNames,
    private readonly repository: RunRepository,
    private readonly schedule: RunSchedule,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides all subscriptions for a date as its run would if it took place now: at current prices, stock and balances,
   * ignoring the runs of earlier dates. Writes nothing. `generation.begun` if the date has a run, `generation.too_late`
   * if it is too long ago to get one, `request.invalid` if it is more than a year ahead.
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
    const { counts, faults, units, short } = await this.dryRun.run(date, progress);
    const names = await this.names.of(short.map(({ userId }) => userId));
    return {
      ...{ date, asOf, counts, faults },
      units: sortByName(units),
      short: short.map((one) => ({ ...one, name: names.get(one.userId) })),
      usual: weekdayAverage(date, runs),
    };
  }
}
