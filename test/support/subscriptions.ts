import { subscriptionPartitionOf } from '../../src/modules/subscription/domain/ids';
import { EventRecorder } from './event-recorder';
import { FixedBusinessClock } from './fixed-business-clock';
import { aProduct, type TestUser } from './order-steps';
import { TestApp } from './test-app';

/** Tuesday 10:00 in Kolkata. The cutoff is at 15:30 UTC. */
export const TUESDAY_MORNING = '2026-12-01T04:30:00Z';

export interface SubscriptionBody {
  readonly subscriptionId: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** The program on a fixed clock, with MILK at 30 and CURD at 20 on sale. */
export async function startDairy(
  environment: Record<string, string> = {},
): Promise<{ app: TestApp; clock: FixedBusinessClock; recorder: EventRecorder }> {
  const clock = new FixedBusinessClock(TUESDAY_MORNING);
  const app = await TestApp.start(environment, { clock, providers: [EventRecorder] });
  await aProduct(app, { productId: 'MILK', price: 30 });
  await aProduct(app, { productId: 'CURD', price: 20 });
  return { app, clock, recorder: app.get<EventRecorder>(EventRecorder) };
}

/** A valid body for POST /order/subscribe: two MILK every day from tomorrow, cash on delivery. */
export const DAILY_SUBSCRIPTION = {
  items: [{ productId: 'MILK', qty: 2 }],
  frequency: 'DAILY' as unknown,
  startDate: '2026-12-02',
  deliverySlot: '06:30',
  address: '12 Dairy Lane, Pune',
  paymentMethod: 'COD',
};

export async function aSubscription(
  customer: TestUser,
  changes: Record<string, unknown> = {},
): Promise<SubscriptionBody> {
  const { body } = await customer.post('/order/subscribe', { ...DAILY_SUBSCRIPTION, ...changes }).expect(201);
  return body as SubscriptionBody;
}

export async function getSubscription(
  customer: TestUser,
  { subscriptionId }: SubscriptionBody,
): Promise<SubscriptionBody> {
  return (await customer.get(`/subscription/${subscriptionId}`).expect(200)).body as SubscriptionBody;
}

/** The subscription as its changes return it: without the runway, which needs the wallet. */
export function withoutRunway(subscription: SubscriptionBody): SubscriptionBody {
  return Object.fromEntries(Object.entries(subscription).filter(([name]) => name !== 'runway')) as SubscriptionBody;
}

/** The outcomes of a range of dates, by date. */
export async function calendarOutcomes(
  customer: TestUser,
  { subscriptionId }: SubscriptionBody,
  from: string,
  to = from,
) {
  const { body } = await customer.get(`/subscription/${subscriptionId}/calendar`, { from, to }).expect(200);
  return Object.fromEntries((body as { date: string; outcome: string }[]).map(({ date, outcome }) => [date, outcome]));
}

/** A customer who changes subscriptions. */
export class Subscriber {
  readonly client: TestUser;

  constructor(
    private readonly app: TestApp,
    private readonly recorder: EventRecorder,
  ) {
    this.client = app.as('CUSTOMER');
  }

  subscribe(changes: Record<string, unknown> = {}): Promise<SubscriptionBody> {
    return aSubscription(this.client, changes);
  }

  get(subscription: SubscriptionBody): Promise<SubscriptionBody> {
    return getSubscription(this.client, subscription);
  }

  outcomes(subscription: SubscriptionBody, from: string, to?: string): Promise<Record<string, string>> {
    return calendarOutcomes(this.client, subscription, from, to);
  }

  change(path: string, { subscriptionId }: SubscriptionBody, body: Record<string, unknown> = {}) {
    return path === 'update'
      ? this.client.patch('/subscription/update', { subscriptionId, ...body })
      : this.client.post(`/subscription/${path}`, { subscriptionId, ...body });
  }

  /** Makes a change and returns the subscription; expects that a read returns the same. */
  readonly applyChange = async (
    path: string,
    subscription: SubscriptionBody,
    body: Record<string, unknown> = {},
  ): Promise<SubscriptionBody> => {
    const changed = (await this.change(path, subscription, body).expect(200)).body as SubscriptionBody;
    expect(withoutRunway(await this.get(subscription))).toEqual(changed);
    return changed;
  };

  /** Expects that a change gets the given answer and that the stored subscription stays the same. */
  readonly expectUnchanged = async (
    path: string,
    subscription: SubscriptionBody,
    body: Record<string, unknown>,
    answer: object,
  ): Promise<void> => {
    const before = await this.stored(subscription);
    expect((await this.change(path, subscription, body)).body).toMatchObject(answer);
    expect(await this.stored(subscription)).toEqual(before);
  };

  /** The events of a type about a subscription. */
  async eventsOf({ subscriptionId }: SubscriptionBody, type: string) {
    await this.app.settled();
    return this.recorder
      .ofType(type)
      .filter((event) => 'subscriptionId' in event && event.subscriptionId === subscriptionId);
  }

  stored({ subscriptionId }: SubscriptionBody): Promise<Record<string, unknown> | undefined> {
    return this.app.stored('Subscriptions', { shard: subscriptionPartitionOf(subscriptionId), subscriptionId });
  }
}
