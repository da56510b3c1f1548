import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const PINNED = /^[\w-]+\/[\w-]+(?:\/[\w-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

describe('the workflows', () => {
  const workflows = globSync('.github/workflows/*.yml', { cwd: ROOT }).map((file) =>
    readFileSync(join(ROOT, file), 'utf8'),
  );

  it('use actions by commit, with the version in a comment', () => {
    const actions = workflows.flatMap((text) => [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, use]) => use));
    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action = '') => !PINNED.test(action))).toEqual([]);
  });

  it('can only read the repository, except for releases and findings, and keep no credentials in the checkout', () => {
    const rights = workflows.map((text) => [
      /^name: (.+)$/m.exec(text)?.[1],
      [...text.matchAll(/^\s+(\w[\w-]*): write$/gm)].map(([, right]) => right),
    ]);
    expect(Object.fromEntries(rights)).toEqual({
      CI: [],
      Release: ['packages', 'contents', 'id-token'],
      Scan: ['security-events'],
    });
    for (const text of workflows) {
      expect(text).toContain('\npermissions:\n  contents: read\n');
      const checkouts = text.match(/actions\/checkout@/g)?.length;
      expect(text.match(/persist-credentials: false/g)?.length).toBe(checkouts);
    }
  });

  it('look for secrets, advisories and missing signatures', () => {
    const commands = workflows.join('\n');
    expect(commands).toContain('run: npm audit --omit=dev --audit-level=high');
    expect(commands).toContain('run: npm audit signatures');
    expect(commands).toContain('run: npm run secrets');
  });

  it('scan the code, and the image for vulnerabilities that an update would mend', () => {
    const steps = workflows.join('\n');
    expect(steps).toMatch(/codeql-action\/init@[^\n]+\n\s+with:\n\s+languages: javascript-typescript,actions\n/);
    expect(steps).toMatch(/trivy-action@[^]+severity: HIGH,CRITICAL\n\s+ignore-unfixed: true\n\s+exit-code: '1'\n/);
  });
});

describe('the lockfile', () => {
  it('has a checksum for every package from the registry', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string; inBundle?: boolean }>;
    };
    // A bundled package is part of the archive of another one.
    const downloaded = Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && !inBundle);
    const unchecked = downloaded.filter(([, { integrity }]) => !integrity);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });
});
