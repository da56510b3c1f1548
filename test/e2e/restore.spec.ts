import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMinutes, type Instant, type LocalDate } from '../../src/kernel/calendar';
import type { Order } from '../../src/modules/order';
import { declaredTables } from '../../src/platform/dynamo/table';
import { GenerationAdmin, type Outcome } from '../chaos/generation-admin';
import { RandomCustomers } from '../chaos/random-customers';
import { brokenGenerationInvariants } from '../support/invariants/generation-invariants';
import { moneyViolations } from '../support/invariants/money-invariant';
import type { Program } from '../support/program';
import { SeededRandom } from '../support/seeded-random';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

const TIMEOUT_MILLISECONDS = 120_000;
const SUBSCRIPTIONS = 80;
const RESTORE = 'dist/cli/restore.js';
const GREEN = /^No violations\. Checked: /m;

jest.setTimeout(2 * TIMEOUT_MILLISECONDS);

/** One evening, then a restore to the afternoon before it. */
describe('npm run restore', () => {
  let directory: string;
  let exported: string;
  let dairy: TestDairy;
  let restored: TestDairy;
  let date: LocalDate;
  let customers: RandomCustomers;
  let stock: Record<string, number>;
  let at: Instant;
  let evening: { outcomes: Map<string, Outcome>; tables: Map<string, unknown[]> };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'milkround-restore-'));
    exported = join(directory, 'export');
    dairy = await TestDairy.open();
    date = await GenerationAdmin.firstUngeneratedDate(dairy);
    customers = new RandomCustomers(new SeededRandom(47), date, SUBSCRIPTIONS);
    stock = customers.stock;
    for (const [table, items] of Object.entries(customers.tables)) await dairy.putItems(table, items);
    customers.model.generate(date);

    const before = await serve(dairy, -60);
    await before.program.kill('SIGTERM');
    const { printed } = await dairy.run('dist/cli/export-tables.js', {}, exported);
    at = /^Exported\. Restore it with npm run restore -- --to (\S+)/.exec(printed)?.[1] ?? printed;

    evening = await generate(dairy);
  });
  afterAll(async () => {
    await Promise.all([dairy.close(), restored?.close()]);
    rmSync(directory, { recursive: true });
  });

  /** Serves a dairy, some minutes after the cutoff. */
  async function serve(of: TestDairy, minutes: number): Promise<{ program: Program; generation: GenerationAdmin }> {
    const program = await of.start();
    const generation = new GenerationAdmin(of, program, TIMEOUT_MILLISECONDS);
    await generation.moveClock(addMinutes(generation.cutoffOf(date), minutes));
    await generation.settled();
    return { program, generation };
  }

  /** The evening: the scheduler generates the orders of the date. */
  async function generate(of: TestDairy): Promise<typeof evening> {
    const { program, generation } = await serve(of, 3);
    expect(await generation.waitForCompletion(date)).toMatchObject({ status: 'COMPLETED', round: 1, faults: 0 });
    await generation.settled();
    const outcomes = await generation.outcomesOf(date);
    expect(await generation.reconcile()).toMatchObject({ balanced: true, violations: [] });
    await program.kill('SIGTERM');
    return { outcomes, tables: await tablesOf(of) };
  }

  async function tablesOf(of: TestDairy): Promise<Map<string, unknown[]>> {
    const tables = await Promise.all(
      declaredTables().map(async ({ name }): Promise<[string, unknown[]]> => [name, await of.allStored(name)]),
    );
    return new Map(tables);
  }

  const restore = (...args: string[]) => dairy.run(RESTORE, {}, '--export', exported, ...args);

  it('refuses another instant than that of the export, and creates nothing', async () => {
    const earlier = addMinutes(at, -1);
    const { code, printed } = await restore('--to', earlier, '--prefix', `${dairy.prefix}no-`);
    expect([code, printed]).toEqual([
      1,
      expect.stringContaining(`${dairy.prefix}Outbox can be restored to ${at} at the earliest.`),
    ]);
    await expect(dairy.withPrefix(`${dairy.prefix}no-`).allStored('Orders')).rejects.toThrow('non-existent table');
  });

  it.each([
    ['an instant in the future', ['--to', '2999-01-01T00:00:00Z'], '2999-01-01T00:00:00Z is in the future.'],
    ['no instant', ['--to', 'yesterday'], 'Invalid arguments.'],
    ['a prefix without a hyphen', ['--to', '2026-01-01T00:00:00Z', '--prefix', 'a'], '--prefix must be up to'],
  ])('refuses %s', async (_, args, problem) => {
    expect(await restore(...args)).toEqual({ code: 1, printed: expect.stringContaining(problem) });
  });

  it('refuses the current prefix, and a target that it did not make', async () => {
    expect(await restore('--to', at, '--prefix', dairy.prefix)).toEqual({
      code: 1,
      printed: `--prefix must differ from the current one, ${dairy.prefix}\n`,
    });
    const foreign = await TestDairy.open();
    const { code, printed } = await restore('--to', at, '--prefix', foreign.prefix);
    expect([code, printed]).toEqual([
      1,
      expect.stringContaining(
        `${foreign.prefix}Outbox exists, but it was not made by this command. Choose another --prefix.`,
      ),
    ]);
    await foreign.close();
  });

  it('continues after it was killed', async () => {
    const prefix = `${dairy.prefix}r${at.replaceAll(/[-:Z]/g, '')}-`;
    const command = dairy.command(RESTORE, {}, '--export', exported, '--to', at, '--tables-only');
    await waitUntil('the products', () => Promise.resolve(command.output.includes(`${prefix}Products is ready`)));
    expect((await command.kill()).printed).not.toContain('All tables are restored');
    restored = dairy.withPrefix(prefix);
    // The table as it was before its last item.
    const state = join(exported, 'restores', `${prefix}Products.json`);
    writeFileSync(state, readFileSync(state, 'utf8').replace('"isComplete":true', '"isComplete":false'));
    await restored.deleteItem('Products', { productId: 'CURD' });

    const { code, printed } = await restore('--to', at, '--tables-only');
    expect([code, printed]).toEqual([
      0,
      expect.stringContaining(`All tables are restored to ${at}, with the prefix ${prefix}\n`),
    ]);
    expect((await restored.allStored('Products')).length).toBe((await dairy.allStored('Products')).length);
    expect(await restored.allStored('Orders')).toEqual([]);
    expect(await restored.allStored('Subscriptions')).toHaveLength(customers.model.subscriptions.length);
  });

  it('keeps complete tables when it is repeated, and reconciles them', async () => {
    await restored.prepare();
    const { code, printed } = await restore('--to', at);
    expect([code, printed]).toEqual([0, expect.stringMatching(GREEN)]);
  });

  it('loses and doubles no delivery when the evening comes again', async () => {
    const again = await generate(restored);
    const describeOutcomes = ({ outcomes }: typeof evening) =>
      [...outcomes.values()].map(({ subscriptionId, outcome, orderId }) => [subscriptionId, outcome, orderId]).sort();
    expect(describeOutcomes(again)).toEqual(describeOutcomes(evening));
    const expected = [...customers.model.outcomesOn(date)].filter(([, { outcome }]) => outcome === 'ORDERED');
    const orders = await restored.allStored<Order>('Orders');
    expect(expected.length).toBeGreaterThan(10);
    expect(orders).toHaveLength(expected.length);
    expect(new Set(orders.map(({ subscriptionId }) => subscriptionId)).size).toBe(expected.length);
    expect(await brokenGenerationInvariants((table) => restored.allStored(table), stock)).toEqual([]);
    expect(await moneyViolations((table) => restored.allStored(table))).toEqual([]);
  });

  it('leaves the old tables as they were', async () => {
    const tables = await tablesOf(dairy);
    for (const [name, items] of evening.tables) expect([name, tables.get(name)]).toEqual([name, items]);
  });

  it('has a reconciliation that finds the orders which a restore of single tables would lose', async () => {
    const orders = await restored.allStored<Order>('Orders');
    const [lost] = orders.filter(({ payment }) => payment?.method === 'COD');
    await restored.deleteItem('Orders', { orderId: lost?.orderId });
    const { code, printed } = await restored.run('dist/cli/books.js');
    expect(code).toBe(1);
    expect(printed).toContain(`ORDER_MISSING userId=${lost?.userId} orderId=${lost?.orderId}: `);
  });
});
