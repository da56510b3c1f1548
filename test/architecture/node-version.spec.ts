import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from './planted-project';

/** Reads the settings of Jest, as if on some Node. */
function loadJestConfigOn(version: string): { status: number | null; stderr: string } {
  const script = `
    Object.defineProperty(process.versions, 'node', { value: '${version}' });
    require(${JSON.stringify(join(repositoryRoot, 'jest.config.js'))});
  `;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
}

describe('the tests', () => {
  it('refuse a Node that the program would refuse, and say what to do', () => {
    const { status, stderr } = loadJestConfigOn('20.19.0');
    expect(status).toBe(1);
    expect(stderr).toContain('npm ci');
  });

  it('take the Node of the program', () => {
    expect(loadJestConfigOn('24.0.0')).toMatchObject({ status: 0, stderr: '' });
  });
});
