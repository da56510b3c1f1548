import { addDays, Calendar, type Instant, type LocalDate } from '../../src/kernel/calendar';
import type { Run } from '../../src/modules/generation/domain/run';
import { SUBSCRIPTION_SETTINGS } from '../../src/modules/subscription/subscription.settings';
import { PLATFORM_SETTINGS } from '../../src/platform/config/platform.settings';
import { Configuration } from '../../src/platform/config/configuration';
import type { HttpClient, Reply } from '../support/http-client';
import type { Program } from '../support/program';
import type { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

export interface Outcome {
  readonly subscriptionId: string;
  readonly outcome: string;
  readonly orderId?: string;
  readonly amount: number;
  readonly missing?: readonly { readonly productId: string; readonly qty: number }[];
}

const POLL_INTERVAL_MILLISECONDS = 250;

/** Runs and inspects the generation of a dairy as an admin. */
export class GenerationAdmin {
  private readonly admin: HttpClient;
  private readonly configuration = Configuration.read();
  private readonly calendar = new Calendar(this.configuration.get(PLATFORM_SETTINGS).zone);

  constructor(
    private readonly dairy: TestDairy,
    private readonly api: Program,
    private readonly timeoutMilliseconds: number,
  ) {
    this.admin = dairy.as('ADMIN', api);
  }

  /** The first date without a generation run. */
  static async firstUngeneratedDate(dairy: TestDairy): Promise<LocalDate> {
    const dates = (await dairy.allStored<Run>('GenerationRuns')).map(({ date }) => date).sort();
    return addDays(dates.at(-1) as LocalDate, 1);
  }

  cutoffOf(date: LocalDate): Instant {
    const { cutoffTime } = this.configuration.get(SUBSCRIPTION_SETTINGS);
    return this.calendar.instantAt(addDays(date, -1), cutoffTime);
  }

  dateOf(instant: Instant): LocalDate {
    return this.calendar.dateOf(instant);
  }

  retryTimeOf(date: LocalDate): Instant {
    return this.calendar.instantAt(date, '04:00');
  }

  async moveClock(now: Instant): Promise<void> {
    const { status, body } = await this.admin.put('/admin/clock', { now });
    if (status !== 200) throw new Error(`The clock cannot move to ${now}: ${status} ${JSON.stringify(body)}`);
  }

  /** Moves the clock at several processes at once; the others read it within a second. */
  async moveClockAt(programs: readonly Program[], now: Instant): Promise<void> {
    await Promise.all(programs.map((program) => this.admin.at(program).put('/admin/clock', { now })));
  }

  startRun(program: Program, date: LocalDate): Promise<Reply> {
    return this.admin.at(program).post('/admin/generation/run', { date });
  }

  async runsOf(date: LocalDate): Promise<Run[]> {
    return (await this.dairy.allStored<Run>('GenerationRuns')).filter((run) => run.date === date);
  }

  async waitForCompletion(date: LocalDate): Promise<Run> {
    const findCompleted = async () => (await this.runsOf(date)).find(({ status }) => status !== 'RUNNING');
    return waitUntil(
      `the run of ${date} to complete`,
      findCompleted,
      this.timeoutMilliseconds,
      POLL_INTERVAL_MILLISECONDS,
    );
  }

  settled(): Promise<void> {
    return this.dairy.settled(this.api, this.timeoutMilliseconds);
  }

  /** The outcome of every subscription. */
  async outcomesOf(date: LocalDate): Promise<Map<string, Outcome>> {
    const outcomes: Outcome[] = [];
    for (let path: string | undefined = `/admin/generation/${date}?limit=100`; path !== undefined;) {
      const { body, headers }: Reply = await this.admin.get(path);
      outcomes.push(...(body as { outcomes: Outcome[] }).outcomes);
      path = /<(.*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    return new Map(outcomes.map((outcome) => [outcome.subscriptionId, outcome]));
  }

  async reconcile(): Promise<unknown> {
    return (await this.admin.get('/admin/books')).body as unknown;
  }
}
