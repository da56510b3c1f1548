import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobProgress } from '../../platform/jobs/job-progress';
import type { Violation } from './domain/violation';
import type { Notice } from './domain/notices';
import type { Check } from './check';
import { GenerationCheck } from './generation-check.service';
import { InvoiceChecks } from './invoice-checks.service';
import { ReconciliationChecks } from './reconciliation-checks.service';
import { StockCheck } from './stock-check.service';

export interface CheckedCounts {
  readonly wallets: number;
  readonly entries: number;
  readonly payments: number;
  readonly orders: number;
  readonly charges: number;
  /** Invoices and credit notes. */
  readonly invoices: number;
  readonly subscriptions: number;
}

export interface ReconciliationReport {
  readonly balanced: boolean;
  readonly violations: readonly Violation[];
  /** Facts that are not violations. At most a thousand. */
  readonly notices: readonly Notice[];
  /** Number of checked subjects. Not all of them if the run ended early because of too many violations. */
  readonly checked: CheckedCounts;
}

/** Checks a suspect again. */
type Recheck = () => Promise<readonly Violation[]>;

/** Changes that are in progress during the first check are complete after these delays. */
const RECHECK_DELAYS_MILLISECONDS = [100, 400, 1_000, 2_000];
const MAX_SUSPECTS = 500;
const MAX_NOTICES = 1_000;
/** A run ends early after this number. */
const MAX_VIOLATIONS = 1_000;

/** Compares wallets, ledger entries, payments, orders, invoices and the gateway's charges with each other. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly checks: ReconciliationChecks,
    private readonly invoiceChecks: InvoiceChecks,
    private readonly generation: GenerationCheck,
    private readonly stock: StockCheck,
  ) {}

  /**
   * Checks all data while the dairy operates. Changes nothing. Suspects are read and checked again after growing delays
   * of some seconds in total; only persisting violations are reported. Ends early after a thousand violations. Memory
   * use is constant. Steps of progress: wallets, entries, payments, orders, charges, cash on delivery, invoices,
   * their numbers, decisions of generation, shares of split stock.
   */
  async run(progress = new JobProgress()): Promise<ReconciliationReport> {
    const { wallet, entry, payment, order, charge, cash } = this.checks;
    const { document, series } = this.invoiceChecks;
    const checked = { wallets: 0, entries: 0, payments: 0, orders: 0, charges: 0, invoices: 0, subscriptions: 0 };
    const violations: Violation[] = [];
    const notices: Notice[] = [];
    let suspects: Recheck[] = [];
    const suspectsOf = <S>(check: Check<S>, count: (checkedCount: number) => void, found?: Notice[]) =>
      findSuspects(check, progress, count, found);
    const suspectStreams = [
      suspectsOf(wallet, (count) => (checked.wallets += count)),
      suspectsOf(entry, (count) => (checked.entries += count)),
      suspectsOf(payment, (count) => (checked.payments += count), notices),
      suspectsOf(order, (count) => (checked.orders += count)),
      suspectsOf(charge, (count) => (checked.charges += count)),
      suspectsOf(cash, () => undefined),
      suspectsOf(document, (count) => (checked.invoices += count), notices),
      suspectsOf(series, () => undefined),
      suspectsOf(this.generation, (count) => (checked.subscriptions += count)),
      suspectsOf(this.stock, () => undefined),
    ];
    progress.expectSteps(suspectStreams.length);
    for (const suspectStream of suspectStreams) {
      for await (const found of suspectStream) {
        progress.throwIfStopped();
        suspects.push(...found);
        if (suspects.length < MAX_SUSPECTS) continue;
        violations.push(...(await persistingViolations(suspects)));
        if (violations.length >= MAX_VIOLATIONS) return { balanced: false, violations, notices, checked };
        suspects = [];
      }
      progress.completeStep();
    }
    violations.push(...(await persistingViolations(suspects)));
    return { balanced: violations.length === 0, violations, notices, checked };
  }
}

async function* findSuspects<S>(
  check: Check<S>,
  progress: JobProgress,
  count: (checkedCount: number) => void,
  notices: Notice[] = [],
): AsyncGenerator<readonly Recheck[]> {
  for await (const subjects of check.pages(progress)) {
    count(subjects.length);
    const found = (await check.noticesOf?.(subjects)) ?? [];
    notices.push(...found.slice(0, MAX_NOTICES - notices.length));
    const violations = await check.violationsOf(subjects);
    yield subjects
      .filter((_, index) => violations[index]?.length !== 0)
      .map((subject) => () => recheck(check, subject, progress));
  }
}

async function recheck<S>(check: Check<S>, subject: S, progress: JobProgress): Promise<readonly Violation[]> {
  progress.throwIfStopped();
  const current = await check.reload(subject, progress);
  return current === undefined ? [] : (await check.violationsOf([current])).flat();
}

async function persistingViolations(suspects: readonly Recheck[]): Promise<readonly Violation[]> {
  let remaining = suspects.map((runCheck) => ({ runCheck, violations: [] as readonly Violation[] }));
  for (const delay of RECHECK_DELAYS_MILLISECONDS) {
    if (remaining.length === 0) break;
    await sleep(delay);
    const checked: typeof remaining = [];
    for (const { runCheck } of remaining) checked.push({ runCheck, violations: await runCheck() });
    remaining = checked.filter(({ violations }) => violations.length > 0);
  }
  return remaining.flatMap(({ violations }) => violations);
}
