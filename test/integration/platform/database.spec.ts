import { collectAll, type PageRequest } from '../../../src/platform/dynamo/cursor';
import { Database } from '../../../src/platform/dynamo/database';
import { mapRead, readItem } from '../../../src/platform/dynamo/read';
import { declaredTables } from '../../../src/platform/dynamo/table';
import { put, type Write } from '../../../src/platform/dynamo/write';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { TestApp } from '../../support/test-app';

describe('the database', () => {
  let app: TestApp;
  let database: Database;
  let table: string;
  beforeAll(async () => {
    app = await TestApp.start();
    database = app.get(Database);
    table = app.config.tablePrefix + declaredTables().find(({ name }) => name === 'Wallets')?.name;
  });
  afterAll(() => app.stop());

  const stored = (userId: string) => app.stored('Wallets', { userId });

  it('returns the result of each read, in the order of the reads', async () => {
    await database.write(put(table, { userId: 'R1', balance: 7 }));
    const balanceOf = (userId: string) =>
      mapRead(readItem<{ balance: number }>(table, { userId }), (wallet) => wallet?.balance ?? 0);
    const [item, none, balance, missing, again]: [object | undefined, undefined, number, number, number] =
      await database.batchGet([
        readItem(table, { userId: 'R1' }),
        undefined,
        balanceOf('R1'),
        balanceOf('R2'),
        balanceOf('R1'),
      ]);
    expect([item, none, balance, missing, again]).toEqual([{ userId: 'R1', balance: 7 }, undefined, 7, 0, 7]);
    expect(await database.get(balanceOf('R1'))).toBe(7);
    expect(await database.get(balanceOf('R2'))).toBe(0);
  });

  it('scans with a filter and a projection', async () => {
    for (const balance of [1, 2, 3]) await database.write(put(table, { userId: `S${balance}`, balance, mark: 'scan' }));
    const scan = (page: PageRequest) =>
      database.scanPage(table, page, {
        FilterExpression: 'mark = :mark AND balance > :one',
        ProjectionExpression: 'balance',
        ExpressionAttributeValues: { ':mark': 'scan', ':one': 1 },
      });
    const found = await collectAll(2, scan);
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([{ balance: 2 }, { balance: 3 }]));
  });

  it('deletes a batch in which keys repeat', async () => {
    for (const userId of ['D1', 'D2']) await database.write(put(table, { userId }));
    expect(await database.batchDelete(table, [{ userId: 'D1' }, { userId: 'D2' }, { userId: 'D1' }])).toEqual([]);
    expect([await stored('D1'), await stored('D2')]).toEqual([undefined, undefined]);
  });

  describe('after a commit', () => {
    const refused = new Error('refused');
    const insert = (userId: string, afterCommit: () => void): Write => ({
      ...put(table, { userId }, { condition: 'attribute_not_exists(userId)' }, () => refused),
      afterCommit,
    });

    it('runs the callbacks of a transaction once it is stored', async () => {
      const seen: unknown[] = [];
      const note = (userId: string) => () => void seen.push(stored(userId));
      await app.get<Transaction>(Transaction).commit([insert('U1', note('U1')), insert('U2', note('U2'))]);
      expect(await Promise.all(seen)).toEqual([{ userId: 'U1' }, { userId: 'U2' }]);
    });

    it('runs the callback of a single write', async () => {
      const calls: string[] = [];
      await database.write(insert('U3', () => calls.push('U3')));
      expect(calls).toEqual(['U3']);
    });

    it('runs no callback when a condition fails', async () => {
      const calls: string[] = [];
      await database.write(insert('U4', () => undefined));
      await expect(database.write(insert('U4', () => calls.push('alone')))).rejects.toBe(refused);
      const writes = [insert('U5', () => calls.push('U5')), insert('U4', () => calls.push('U4'))];
      await expect(app.get<Transaction>(Transaction).commit(writes)).rejects.toBe(refused);
      expect(calls).toEqual([]);
    });

    it('logs a callback that throws, and runs the others', async () => {
      const calls: string[] = [];
      const logged: unknown[] = [];
      app.nest.useLogger({ log: () => undefined, warn: () => undefined, error: (...entry) => logged.push(entry) });
      const broken = () => {
        throw new Error('broken callback');
      };
      await app.get<Transaction>(Transaction).commit([insert('U6', broken), insert('U7', () => calls.push('U7'))]);
      await database.write(insert('U8', broken));
      app.nest.useLogger(false);
      expect(calls).toEqual(['U7']);
      expect(await stored('U8')).toBeDefined();
      expect(logged).toHaveLength(2);
      expect(logged[0]).toContain('After-commit callback failed');
    });
  });
});
