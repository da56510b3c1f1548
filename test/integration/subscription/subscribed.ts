import { subscriptionShardOf } from '../../../src/modules/subscription/domain/ids';
import { TestApp } from '../../support/app';
import { FixedClock } from '../../support/fixed-clock';
import { Heard } from '../../support/heard';
import { aProduct, type Person } from '../../support/shop';

/** A Tuesday morning in Kolkata, where the cutoff is 15:30 UTC. */
export const TUESDAY = '2026-12-01T04:30:00Z';

export interface Answer {
  readonly subscriptionId: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** The program on a fixed clock, with MILK at 30 and CURD at 20 on sale. */
export async function aDairy(
  environment: Record<string, string> = {},
): Promise<{ app: TestApp; clock: FixedClock; heard: Heard }> {
  const clock = new FixedClock(TUESDAY);
  const app = await TestApp.start(environment, { clock, providers: [Heard] });
  await aProduct(app, { productId: 'MILK', price: 30 });
  await aProduct(app, { productId: 'CURD', price: 20 });
  return { app, clock, heard: app.get<Heard>(Heard) };
}

/** What a POST /order/subscribe needs: two of MILK daily from tomorrow, paid at the door. */
export const DAILY = {
  items: [{ productId: 'MILK', qty: 2 }],
  frequency: 'DAILY' as unknown,
  startDate: '2026-12-02',
  deliverySlot: '06:30',
  address: '12 Dairy Lane, Pune',
  paymentMethod: 'COD',
};

export async function subscribed(person: Person, changes: Record<string, unknown> = {}): Promise<Answer> {
  const { body } = await person.post('/order/subscribe', { ...DAILY, ...changes }).expect(201);
  return body as Answer;
}

export async function shown(person: Person, { subscriptionId }: Answer): Promise<Answer> {
  return (await person.get(`/subscription/${subscriptionId}`).expect(200)).body as Answer;
}

/** As its changes answer with it: they do not look into the wallet. */
export function withoutRunway(answer: Answer): Answer {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== 'runway')) as Answer;
}

/** The outcomes of some dates, by date. */
export async function outcomes(person: Person, { subscriptionId }: Answer, from: string, to = from) {
  const { body } = await person.get(`/subscription/${subscriptionId}/calendar`, { from, to }).expect(200);
  return Object.fromEntries((body as { date: string; outcome: string }[]).map(({ date, outcome }) => [date, outcome]));
}

/** A customer who changes subscriptions. */
export class Subscriber {
  readonly person: Person;

  constructor(
    private readonly app: TestApp,
    private readonly heard: Heard,
  ) {
    this.person = app.as('CUSTOMER');
  }

  subscribes(changes: Record<string, unknown> = {}): Promise<Answer> {
    return subscribed(this.person, changes);
  }

  shown(subscription: Answer): Promise<Answer> {
    return shown(this.person, subscription);
  }

  outcomes(subscription: Answer, from: string, to?: string): Promise<Record<string, string>> {
    return outcomes(this.person, subscription, from, to);
  }

  change(path: string, { subscriptionId }: Answer, body: Record<string, unknown> = {}) {
    return path === 'update'
      ? this.person.patch('/subscription/update', { subscriptionId, ...body })
      : this.person.post(`/subscription/${path}`, { subscriptionId, ...body });
  }

  /** Makes a change; answers with the subscription, which is what one sees afterwards. */
  readonly done = async (path: string, subscription: Answer, body: Record<string, unknown> = {}): Promise<Answer> => {
    const answer = (await this.change(path, subscription, body).expect(200)).body as Answer;
    expect(withoutRunway(await this.shown(subscription))).toEqual(answer);
    return answer;
  };

  /** A change is answered like that, and nothing has changed. */
  readonly expectUnchanged = async (
    path: string,
    subscription: Answer,
    body: Record<string, unknown>,
    answer: object,
  ): Promise<void> => {
    const before = await this.stored(subscription);
    expect((await this.change(path, subscription, body)).body).toMatchObject(answer);
    expect(await this.stored(subscription)).toEqual(before);
  };

  /** The events of a type that tell of a subscription. */
  async told({ subscriptionId }: Answer, type: string) {
    await this.app.settled();
    return this.heard
      .ofType(type)
      .filter((event) => 'subscriptionId' in event && event.subscriptionId === subscriptionId);
  }

  stored({ subscriptionId }: Answer): Promise<Record<string, unknown> | undefined> {
    return this.app.stored('Subscriptions', { shard: subscriptionShardOf(subscriptionId), subscriptionId });
  }
}
