import { addDays, Calendar, type Instant, type LocalDate } from '../../src/kernel/calendar';
import type { Run } from '../../src/modules/generation/domain/run';
import { readConfig } from '../../src/platform/config/config';
import { type Dairy, type Program, until } from '../support/program';
import type { Remote, Reply } from '../support/remote';

export interface Outcome {
  readonly subscriptionId: string;
  readonly outcome: string;
  readonly orderId?: string;
  readonly amount: number;
  readonly missing?: readonly { readonly productId: string; readonly qty: number }[];
}

const LOOK_AGAIN_MILLISECONDS = 250;
const { zone, cutoffTime } = readConfig();

/** The evenings of a dairy, as its admin lives through them. */
export class Evenings {
  private readonly admin: Remote;
  private readonly calendar = new Calendar(zone);

  constructor(
    private readonly dairy: Dairy,
    private readonly api: Program,
    private readonly patience: number,
  ) {
    this.admin = dairy.as('ADMIN', api);
  }

  /** The first date whose daily orders nobody has begun. */
  static async firstOf(dairy: Dairy): Promise<LocalDate> {
    const dates = (await dairy.stored<Run>('GenerationRuns')).map(({ date }) => date).sort();
    return addDays(dates.at(-1) as LocalDate, 1);
  }

  cutoffOf(date: LocalDate): Instant {
    return this.calendar.instantAt(addDays(date, -1), cutoffTime);
  }

  fourOf(date: LocalDate): Instant {
    return this.calendar.instantAt(date, '04:00');
  }

  async itBecomes(now: Instant): Promise<void> {
    const { status, body } = await this.admin.put('/admin/clock', { now });
    if (status !== 200) throw new Error(`It cannot become ${now}: ${status} ${JSON.stringify(body)}`);
  }

  /** The time at some processes at once, whichever hears of it first; others hear of it within a second. */
  async itBecomesAt(programs: readonly Program[], now: Instant): Promise<void> {
    await Promise.all(programs.map((program) => this.admin.at(program).put('/admin/clock', { now })));
  }

  run(program: Program, date: LocalDate): Promise<Reply> {
    return this.admin.at(program).post('/admin/generation/run', { date });
  }

  async runsOf(date: LocalDate): Promise<Run[]> {
    return (await this.dairy.stored<Run>('GenerationRuns')).filter((run) => run.date === date);
  }

  async completed(date: LocalDate): Promise<Run> {
    const look = async () => (await this.runsOf(date)).find(({ status }) => status !== 'RUNNING');
    return until(`the run of ${date} to complete`, look, this.patience, LOOK_AGAIN_MILLISECONDS);
  }

  settled(): Promise<void> {
    return this.dairy.settled(this.api, this.patience);
  }

  /** What became of every subscription. */
  async outcomesOf(date: LocalDate): Promise<Map<string, Outcome>> {
    const outcomes: Outcome[] = [];
    for (let path: string | undefined = `/admin/generation/${date}?limit=100`; path !== undefined;) {
      const { body, headers }: Reply = await this.admin.get(path);
      outcomes.push(...(body as { outcomes: Outcome[] }).outcomes);
      path = /<(.*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    return new Map(outcomes.map((outcome) => [outcome.subscriptionId, outcome]));
  }

  async books(): Promise<unknown> {
    return (await this.admin.get('/admin/books')).body as unknown;
  }
}
