import { readFileSync } from 'node:fs';
import type { MonthlyCosts } from '../../infra/aws/cost/monthly-costs';
import { costsOfAllSizes, README, withCosts } from '../../infra/aws/cost/table';
import { type SizeName, SIZES } from '../../infra/aws/sizes';

describe('the monthly costs', () => {
  let sizes: MonthlyCosts[];
  beforeAll(async () => {
    process.env.CDK_VALIDATION = 'false';
    sizes = await costsOfAllSizes();
  });
  const totalOf = (name: SizeName) => sizes.find(({ size }) => size === name)?.total ?? NaN;

  it('are those in the README: otherwise run npm run cost', () => {
    const page = readFileSync(README, 'utf8');
    expect(withCosts(page, sizes)).toBe(page);
  });

  it('are less than 50 US$ for a dairy of 1,000 deliveries a day', () => {
    expect(sizes[0]).toMatchObject({ size: 'tiny', workload: { deliveriesPerDay: 1_000 } });
    expect(totalOf('tiny')).toBeLessThan(50);
  });

  it.each(Object.keys(SIZES) as SizeName[])('of size %s are within its budget, with some room', (size) => {
    expect(SIZES[size].monthlyBudget).toBeGreaterThan(1.1 * totalOf(size));
    expect(SIZES[size].monthlyBudget).toBeLessThan(1.6 * totalOf(size));
  });

  it('count what differs between the sizes', () => {
    const amountsOf = (what: string) =>
      sizes.map(({ costs }) => (costs.find((cost) => cost.what.startsWith(what))?.amount ?? 0) > 0);
    expect(amountsOf('Fargate: workers')).toEqual([false, true, true]);
    expect(amountsOf('Interface endpoints')).toEqual([false, false, true]);
    expect(amountsOf('WAF')).toEqual([false, true, true]);
    expect(amountsOf('NAT gateways')).toEqual([true, true, true]);
  });
});
