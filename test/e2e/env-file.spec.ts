import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');
const INVALID_TIME_ZONE = 'BUSINESS_TIMEZONE must be an IANA time zone';

describe('the .env file in the working directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'milkround-env-'));
  beforeAll(() => writeFileSync(join(folder, '.env'), 'BUSINESS_TIMEZONE=Milky/Way\n'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The exit code and the output of a program whose environment has no settings but `env`. */
  const run = (file: string, args: readonly string[], env = {}, cwd = folder) =>
    new Promise<{ code: unknown; output: string }>((resolve) => {
      const options = { cwd, env: { PATH: process.env.PATH, ...env } };
      execFile(NODE, [join(ROOT, file), ...args], options, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, output: stdout + stderr }),
      );
    });

  it.each([
    ['dist/main.js', []],
    ['dist/cli/books.js', []],
    ['dist/cli/create-admin.js', ['--email', 'ada@example.com', '--name', 'Ada']],
    ['dist/cli/reset-mfa.js', ['--email', 'ada@example.com']],
    ['dist/cli/prepare-local.js', []],
  ])('configures %s', async (file, args) => {
    const { code, output } = await run(file, args);
    expect(code).toBe(1);
    expect(output).toContain(INVALID_TIME_ZONE);
  });

  it('is refused in one line if it cannot be read', async () => {
    const unreadable = mkdtempSync(join(tmpdir(), 'milkround-env-'));
    mkdirSync(join(unreadable, '.env'));
    const { code, output } = await run('dist/cli/books.js', [], {}, unreadable);
    rmSync(unreadable, { recursive: true });
    expect([code, output]).toEqual([1, expect.stringMatching(/^Invalid configuration: \.env cannot be read .*\n$/)]);
  });

  it('does not override a variable that is set', async () => {
    const { code, output } = await run('dist/main.js', [], { BUSINESS_TIMEZONE: 'Asia/Kolkata' });
    expect(code).toBe(1);
    expect(output).toContain('JWT_SECRET is missing');
    expect(output).not.toContain(INVALID_TIME_ZONE);
  });
});
