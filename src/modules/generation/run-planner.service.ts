import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { datesToRun, firstDateToRun, nextRunAction, type Run, type RunAction } from './domain/run';
import { RunSchedule } from './run-schedule';
import { RunRepository } from './run.repository';

/** An unfinished run is still resumed if its date is at most this many days before the first catch-up date. */
const RESUMABLE_DAYS = 31;

/** Decides what to do next, from the stored runs and the time. Writes nothing. */
@Injectable()
export class RunPlanner {
  constructor(
    private readonly runs: RunRepository,
    private readonly schedule: RunSchedule,
    private readonly clock: Clock,
  ) {}

  /** The next action; undefined if every due date is done. `manualDate` may be closed but not due yet. */
  async nextAction(manualDate?: LocalDate): Promise<RunAction | undefined> {
    const now = this.clock.now();
    const runs = await this.runsUntil(manualDate ?? this.schedule.lastClosedDate(now));
    const due = datesToRun(this.firstDateOf(runs), manualDate ?? this.schedule.lastDueDate(now));
    return nextRunAction(due, runs, now, this.schedule);
  }

  /** The first date that can be run, by hand or by schedule. */
  async firstDate(): Promise<LocalDate> {
    return this.firstDateOf(await this.runsUntil(this.schedule.lastClosedDate(this.clock.now())));
  }

  private runsUntil(last: LocalDate): Promise<readonly Run[]> {
    const firstCatchUp = this.schedule.firstCatchUpDate(this.clock.now());
    return this.runs.listBetween(addDays(firstCatchUp, -RESUMABLE_DAYS), last);
  }

  private firstDateOf(runs: readonly Run[]): LocalDate {
    return firstDateToRun(runs, this.schedule.firstCatchUpDate(this.clock.now()));
  }
}
