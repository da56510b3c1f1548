import { subscriptionOrderIdOf } from '../../../src/modules/order/domain/ids';
import { Scheduler } from '../../../src/modules/scheduler';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import type { TestUser } from '../../support/fixtures/order-steps';
import type { SubscriptionBody } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';

/** Two minutes after Tuesday's cutoff: the orders of Wednesday are due. */
export const GENERATION_TIME = '2026-12-01T15:32:00Z';
export const WEDNESDAY = '2026-12-02';
/** Four o'clock on Wednesday morning. */
export const RETRY_TIME = '2026-12-01T22:30:00Z';

export interface GenerationReport {
  readonly status: string;
  readonly counts: Record<string, number>;
  readonly outcomes: { readonly subscriptionId: string; readonly outcome: string; readonly [field: string]: unknown }[];
  readonly [field: string]: unknown;
}

/** Sets the clock and completes everything that is due by then. */
export async function advanceTo(app: TestApp, clock: FixedBusinessClock, at: string): Promise<void> {
  clock.set(at);
  await app.get<Scheduler>(Scheduler).runDueTasks();
  await app.settled();
}

/** The report of a run, with all outcomes. */
export async function generationReport(app: TestApp, date = WEDNESDAY): Promise<GenerationReport> {
  const admin = app.as('ADMIN');
  const outcomes: GenerationReport['outcomes'] = [];
  let path: string | undefined = `/admin/generation/${date}?limit=100`;
  let firstPage: GenerationReport | undefined;
  while (path) {
    const { body, headers }: { body: unknown; headers: unknown } = await admin.get(path).expect(200);
    firstPage ??= body as GenerationReport;
    outcomes.push(...(body as GenerationReport).outcomes);
    path = /<(.*)>/.exec((headers as Record<string, string>).link ?? '')?.[1];
  }
  return { ...(firstPage as GenerationReport), outcomes };
}

/** The outcome of one subscription on a date, as an admin sees it. */
export async function outcomeOf(app: TestApp, { subscriptionId }: SubscriptionBody, date = WEDNESDAY) {
  const { outcomes } = await generationReport(app, date);
  return outcomes.find((one) => one.subscriptionId === subscriptionId);
}

/** The order of a date, as its customer sees it; undefined if there is none. */
export async function orderOn(person: TestUser, { subscriptionId }: SubscriptionBody, date = WEDNESDAY) {
  const { status, body } = await person.get('/order/track', { orderId: subscriptionOrderIdOf(subscriptionId, date) });
  return status === 200 ? (body as Record<string, unknown>) : undefined;
}

/** The stock of a product. */
export async function stockOf(app: TestApp, productId: string): Promise<number> {
  return (await app.stored('Products', { productId }))?.stock as number;
}
