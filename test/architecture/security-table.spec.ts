import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

describe('the tables in SECURITY.md', () => {
  const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
  const rows = [...text.matchAll(/^\| \*\*(\w+)\*\* .*$/gm)].map(([row, id]) => ({ id, row }));

  it('have a row for each risk of OWASP API 2023 and each chapter of ASVS 5.0', () => {
    const numbered = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
    expect(rows.map(({ id }) => id)).toEqual([...numbered('API', 10), ...numbered('V', 17)]);
  });

  it('name tests that exist', () => {
    const paths = rows.flatMap(({ row }) => [...row.matchAll(/`([\w./-]+\.spec\.ts)`/g)].map(([, path = '']) => path));
    expect(paths.length).toBeGreaterThan(rows.length);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
