import { APPEND_ONLY_TABLES, SCANNED_TABLES, TABLE_ACCESS } from '../../infra/aws/data/table-access';
import { MIGRATIONS } from '../../src/app.module';
import { findTableUses } from './table-uses';

describe('the access to tables in infra/aws/data/table-access.ts', () => {
  const found = findTableUses();

  it('is exactly what the repositories do with each table', () => {
    const used: Record<string, Set<string>> = {};
    for (const { table, use } of found) {
      if (use !== 'scan') (used[table] ??= new Set()).add(use);
    }
    const declared = Object.entries(TABLE_ACCESS).map(([table, uses]) => [table, new Set<string>(uses)]);
    expect(used).toEqual(Object.fromEntries(declared));
  });

  it('has the scans of the catalogue, the reconciliation and the scheduler', () => {
    const scanned = new Set(found.flatMap(({ table, use }) => (use === 'scan' ? [table] : [])));
    // Only the test tools scan it, and production has no test tools.
    scanned.delete('Jobs');
    const { catalogue, reconciliation, scheduler } = SCANNED_TABLES;
    expect([...scanned].sort()).toEqual([...catalogue, ...reconciliation, ...scheduler].sort());
  });

  it('has the scans and the updates of the migrations', () => {
    const migrated = new Set(MIGRATIONS.map(({ table }) => table.name));
    expect([...SCANNED_TABLES.migrations].sort()).toEqual([...migrated].sort());
    for (const table of migrated) expect(TABLE_ACCESS[table]).toContain('update');
  });

  it('lets append-only tables only grow: each write puts a row that does not exist', () => {
    const writes = found.filter(
      ({ table, use }) => APPEND_ONLY_TABLES.includes(table) && !['read', 'query', 'scan'].includes(use),
    );
    expect(writes.length).toBeGreaterThan(0);
    for (const { use, condition } of writes) {
      expect([use, condition]).toEqual(['put', expect.stringContaining("condition: 'attribute_not_exists(")]);
    }
  });
});
