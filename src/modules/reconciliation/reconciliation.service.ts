import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobProgress } from '../../platform/jobs/job-progress';
import type { Violation } from './domain/invariants';
import { type Check, ReconciliationChecks } from './reconciliation-checks.service';

export interface CheckedCounts {
  readonly wallets: number;
  readonly entries: number;
  readonly payments: number;
  readonly orders: number;
  readonly charges: number;
}

export interface ReconciliationReport {
  readonly balanced: boolean;
  readonly violations: readonly Violation[];
  /** How much was walked; all there is, unless there were too many violations. */
  readonly checked: CheckedCounts;
}

/** Looks once more at what looked wrong. */
type Recheck = () => Promise<readonly Violation[]>;

/** What is under way when it is read is done within a moment. */
const RECHECK_DELAYS_MILLISECONDS = [100, 400, 1_000, 2_000];
const MAX_SUSPECTS = 500;
/** Books that are that wrong want more than a list. */
const MAX_VIOLATIONS = 1_000;

/** The books: wallets, ledger, orders, payments and the gateway's charges, walked and held against each other. */
@Injectable()
export class ReconciliationService {
  constructor(private readonly checks: ReconciliationChecks) {}

  /**
   * Walks everything, while the dairy is at work. What looks wrong is read again, with all its parts, after growing
   * pauses of some seconds in all; only what stays wrong is told. Ends early after a thousand violations. Memory does
   * not grow with the dairy. Changes nothing. Steps of progress: wallets, entries, payments, orders, charges.
   */
  async run(progress = new JobProgress()): Promise<ReconciliationReport> {
    const { wallet, entry, payment, order, charge } = this.checks;
    const checked = { wallets: 0, entries: 0, payments: 0, orders: 0, charges: 0 };
    const violations: Violation[] = [];
    let suspects: Recheck[] = [];
    const suspectStreams = [
      findSuspects(wallet, (count) => (checked.wallets += count)),
      findSuspects(entry, (count) => (checked.entries += count)),
      findSuspects(payment, (count) => (checked.payments += count)),
      findSuspects(order, (count) => (checked.orders += count)),
      findSuspects(charge, (count) => (checked.charges += count)),
    ];
    progress.expectSteps(suspectStreams.length);
    for (const suspectStream of suspectStreams) {
      for await (const found of suspectStream) {
        progress.throwIfStopped();
        suspects.push(...found);
        if (suspects.length < MAX_SUSPECTS) continue;
        violations.push(...(await persistingViolations(suspects)));
        if (violations.length >= MAX_VIOLATIONS) return { balanced: false, violations, checked };
        suspects = [];
      }
      progress.completeStep();
    }
    violations.push(...(await persistingViolations(suspects)));
    return { balanced: violations.length === 0, violations, checked };
  }
}

async function* findSuspects<S>(
  check: Check<S>,
  count: (checkedCount: number) => void,
): AsyncGenerator<readonly Recheck[]> {
  for await (const subjects of check.pages()) {
    count(subjects.length);
    const violations = await check.violationsOf(subjects);
    yield subjects
      .filter((_, index) => violations[index]?.length !== 0)
      .map((subject) => () => recheck(check, subject));
  }
}

async function recheck<S>(check: Check<S>, subject: S): Promise<readonly Violation[]> {
  const current = await check.reload(subject);
  return current === undefined ? [] : (await check.violationsOf([current])).flat();
}

async function persistingViolations(suspects: readonly Recheck[]): Promise<readonly Violation[]> {
  let suspicions = suspects.map((again) => ({ again, violations: [] as readonly Violation[] }));
  for (const pause of RECHECK_DELAYS_MILLISECONDS) {
    if (suspicions.length === 0) break;
    await sleep(pause);
    const seen: typeof suspicions = [];
    for (const { again } of suspicions) seen.push({ again, violations: await again() });
    suspicions = seen.filter(({ violations }) => violations.length > 0);
  }
  return suspicions.flatMap(({ violations }) => violations);
}
