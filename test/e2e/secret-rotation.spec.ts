import { randomBytes, randomInt } from 'node:crypto';
import { HttpClient } from '../support/http-client';
import { LoadBalancer } from '../support/fakes/load-balancer';
import type { Program } from '../support/program';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(120_000);

const CUSTOMERS = 6;
const newJwtSecret = () => randomBytes(48).toString('base64');

/** One task at a time is replaced behind a load balancer, while customers go on. */
describe('rotating JWT_SECRET', () => {
  const [OLD, NEW, NEXT] = [newJwtSecret(), newJwtSecret(), newJwtSecret()];
  let dairy: TestDairy;
  let balancer: LoadBalancer;
  let tasks: Program[];

  beforeAll(async () => {
    dairy = await TestDairy.open();
    tasks = await Promise.all([serve(OLD, NEW), serve(OLD, NEW)]);
    balancer = await LoadBalancer.start(...tasks);
  });
  afterAll(async () => {
    await dairy.close();
    await balancer.stop();
  });

  const serve = (JWT_SECRET: string, JWT_SECRET_PREVIOUS: string) =>
    dairy.start({ APP_ROLES: 'api', DRAIN_SECONDS: '2', JWT_SECRET, JWT_SECRET_PREVIOUS });

  it('signs no customer out, and refuses no token', async () => {
    let isOver = false;
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => Customer.signUp(balancer)));
    const working = customers.map((customer) => customer.workUntil(() => isOver));
    try {
      await waitUntil('every customer to have refreshed', async () =>
        customers.every(({ refreshes }) => refreshes > 1),
      );
      for (const [secret, previous] of [
        [NEW, OLD],
        [NEW, NEXT],
      ] as const) {
        for (const index of [0, 1]) await replace(index, secret, previous);
        const refreshes = customers.map((customer) => customer.refreshes);
        await waitUntil('every customer to have refreshed again', async () =>
          customers.every((customer, nth) => customer.refreshes > (refreshes[nth] ?? 0) + 1),
        );
      }
    } finally {
      isOver = true;
      await Promise.all(working);
    }
    expect(customers.flatMap(({ failures }) => failures)).toEqual([]);
  });

  async function replace(index: number, secret: string, previous: string): Promise<void> {
    const replacement = await serve(secret, previous);
    await balancer.add(replacement);
    const old = tasks[index];
    tasks[index] = replacement;
    old?.signal('SIGTERM');
    await old?.waitForExit();
  }
});

/** Reads their profile, and refreshes their tokens, each time by two simultaneous requests. */
class Customer {
  readonly failures: string[] = [];
  refreshes = 0;

  private constructor(
    private readonly http: HttpClient,
    private tokens: { accessToken: string; refreshToken: string },
  ) {}

  static async signUp({ url }: { url: string }): Promise<Customer> {
    const http = new HttpClient(url);
    const [email, password] = [`asha${randomInt(10 ** 9)}@example.com`, 'milk-before-dawn'];
    await http.post('/user/register', { name: 'Asha', email, password });
    return new Customer(http, (await http.post('/user/login', { email, password })).body as Customer['tokens']);
  }

  async workUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const { accessToken, refreshToken } = this.tokens;
      const profiles = Array.from({ length: 4 }, () => this.http.as(accessToken).get('/user/profile'));
      for (const { status } of await Promise.all(profiles)) if (status !== 200) this.failures.push(`profile ${status}`);

      const refresh = () => this.http.post('/user/refresh', { refreshToken });
      const [first, second] = await Promise.all([refresh(), refresh()]);
      if (first.status !== 200 || second.status !== 200) this.failures.push(`refresh ${first.status} ${second.status}`);
      if (this.failures.length > 0) return;
      if (first.body.refreshToken !== second.body.refreshToken) this.failures.push('different refresh tokens');
      this.tokens = first.body as Customer['tokens'];
      this.refreshes++;
    }
  }
}
