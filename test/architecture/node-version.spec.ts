import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from './planted-project';

/** Loads the Jest configuration with a faked version of Node. */
function loadJestConfigOn(version: string): { status: number | null; stderr: string } {
  const script = `
    Object.defineProperty(process.versions, 'node', { value: '${version}' });
    require(${JSON.stringify(join(repositoryRoot, 'jest.config.js'))});
  `;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
}

describe('the Jest configuration', () => {
  it('rejects a version of Node that the application does not support', () => {
    const { status, stderr } = loadJestConfigOn('20.19.0');
    expect(status).toBe(1);
    expect(stderr).toContain('npm ci');
  });

  it('accepts a supported version of Node', () => {
    expect(loadJestConfigOn('24.0.0')).toMatchObject({ status: 0, stderr: '' });
  });
});
