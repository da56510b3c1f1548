import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Violation } from './books';
import { type Chapter, Chapters } from './books.chapters';

export interface Checked {
  readonly wallets: number;
  readonly entries: number;
  readonly payments: number;
  readonly orders: number;
  readonly charges: number;
}

export interface Audit {
  readonly balanced: boolean;
  readonly violations: readonly Violation[];
  /** How much was walked; all there is, unless there were too many violations. */
  readonly checked: Checked;
}

/** Looks once more at what looked wrong. */
type Look = () => Promise<readonly Violation[]>;

/** What is under way when it is read is done within a moment. */
const LOOKS_AGAIN_AFTER_MILLISECONDS = [100, 400, 1_000, 2_000];
const SUSPECTS_AT_MOST = 500;
/** Books that are that wrong want more than a list. */
const VIOLATIONS_AT_MOST = 1_000;

/** The books: wallets, ledger, orders, payments and the gateway's charges, walked and held against each other. */
@Injectable()
export class Books {
  constructor(private readonly chapters: Chapters) {}

  /**
   * Walks everything, while the dairy is at work. What looks wrong is read again, with all its parts, after growing
   * pauses of some seconds in all; only what stays wrong is told. Ends early after a thousand violations. Memory does
   * not grow with the dairy. Changes nothing.
   */
  async audit(): Promise<Audit> {
    const { wallet, entry, payment, order, charge } = this.chapters;
    const checked = { wallets: 0, entries: 0, payments: 0, orders: 0, charges: 0 };
    const violations: Violation[] = [];
    let suspects: Look[] = [];
    const chapters = [
      suspectsIn(wallet, (count) => (checked.wallets += count)),
      suspectsIn(entry, (count) => (checked.entries += count)),
      suspectsIn(payment, (count) => (checked.payments += count)),
      suspectsIn(order, (count) => (checked.orders += count)),
      suspectsIn(charge, (count) => (checked.charges += count)),
    ];
    for (const chapter of chapters) {
      for await (const found of chapter) {
        suspects.push(...found);
        if (suspects.length < SUSPECTS_AT_MOST) continue;
        violations.push(...(await whatStaysWrong(suspects)));
        if (violations.length >= VIOLATIONS_AT_MOST) return { balanced: false, violations, checked };
        suspects = [];
      }
    }
    violations.push(...(await whatStaysWrong(suspects)));
    return { balanced: violations.length === 0, violations, checked };
  }
}

async function* suspectsIn<S>(chapter: Chapter<S>, count: (walked: number) => void): AsyncGenerator<readonly Look[]> {
  for await (const subjects of chapter.pages()) {
    count(subjects.length);
    const violations = await chapter.violationsOf(subjects);
    yield subjects.filter((_, index) => violations[index]?.length !== 0).map((subject) => () => look(chapter, subject));
  }
}

async function look<S>(chapter: Chapter<S>, subject: S): Promise<readonly Violation[]> {
  const now = await chapter.again(subject);
  return now === undefined ? [] : (await chapter.violationsOf([now])).flat();
}

async function whatStaysWrong(suspects: readonly Look[]): Promise<readonly Violation[]> {
  let suspicions = suspects.map((again) => ({ again, violations: [] as readonly Violation[] }));
  for (const pause of LOOKS_AGAIN_AFTER_MILLISECONDS) {
    if (suspicions.length === 0) break;
    await sleep(pause);
    const seen: typeof suspicions = [];
    for (const { again } of suspicions) seen.push({ again, violations: await again() });
    suspicions = seen.filter(({ violations }) => violations.length > 0);
  }
  return suspicions.flatMap(({ violations }) => violations);
}
