import { subscriptionOrderIdOf } from '../../../src/kernel/ids';
import { Scheduler } from '../../../src/modules/scheduler';
import type { TestApp } from '../../support/app';
import type { FixedClock } from '../../support/fixed-clock';
import type { Person } from '../../support/shop';
import type { Answer } from './subscribed';

/** Two minutes after Tuesday's cutoff: the orders of Wednesday are due. */
export const EVENING = '2026-12-01T15:32:00Z';
export const WEDNESDAY = '2026-12-02';
/** Four o'clock on Wednesday morning. */
export const FOUR = '2026-12-01T22:30:00Z';

export interface Report {
  readonly status: string;
  readonly counts: Record<string, number>;
  readonly outcomes: { readonly subscriptionId: string; readonly outcome: string; readonly [field: string]: unknown }[];
  readonly [field: string]: unknown;
}

/** It becomes a certain moment, and all that is due by then is done. */
export async function itBecomes(app: TestApp, clock: FixedClock, at: string): Promise<void> {
  clock.set(at);
  await app.get<Scheduler>(Scheduler).runDueDuties();
  await app.settled();
}

/** How the daily orders of a date stand, and all outcomes. */
export async function report(app: TestApp, date = WEDNESDAY): Promise<Report> {
  const admin = app.as('ADMIN');
  const outcomes: Report['outcomes'] = [];
  let path: string | undefined = `/admin/generation/${date}?limit=100`;
  let first: Report | undefined;
  while (path) {
    const { body, headers }: { body: unknown; headers: unknown } = await admin.get(path).expect(200);
    first ??= body as Report;
    outcomes.push(...(body as Report).outcomes);
    path = /<(.*)>/.exec((headers as Record<string, string>).link ?? '')?.[1];
  }
  return { ...(first as Report), outcomes };
}

/** The outcome of one subscription on a date, as the dairy sees it. */
export async function outcomeOf(app: TestApp, { subscriptionId }: Answer, date = WEDNESDAY) {
  const { outcomes } = await report(app, date);
  return outcomes.find((one) => one.subscriptionId === subscriptionId);
}

/** The order of a date, as its customer sees it; undefined when there is none. */
export async function orderOn(person: Person, { subscriptionId }: Answer, date = WEDNESDAY) {
  const { status, body } = await person.get('/order/track', { orderId: subscriptionOrderIdOf(subscriptionId, date) });
  return status === 200 ? (body as Record<string, unknown>) : undefined;
}

/** What is in stock of a product. */
export async function stockOf(app: TestApp, productId: string): Promise<number> {
  return (await app.stored('Products', { productId }))?.stock as number;
}
