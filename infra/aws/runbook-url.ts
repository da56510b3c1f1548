import { spawnSync } from 'node:child_process';

const GITHUB = /^(?:https:\/\/(?:[^@/]+@)?|(?:ssh:\/\/)?git@)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?$/;

/** The runbook of a version on GitHub. Undefined for a remote elsewhere. */
export function runbookUrlOf(remote: string, revision: string): string | undefined {
  const [, repository] = GITHUB.exec(remote) ?? [];
  return repository && revision && `https://github.com/${repository}/blob/${revision}/docs/runbook.md`;
}

/** The runbook of the version that is checked out: of its tag, or of its commit, which must have been pushed. */
export function runbookUrlOfCheckout(): string | undefined {
  const revision = git('describe', '--tags', '--exact-match') || git('rev-parse', 'HEAD');
  return runbookUrlOf(git('remote', 'get-url', 'origin'), revision);
}

function git(...args: string[]): string {
  const { status, stdout } = spawnSync('git', args, { cwd: __dirname, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}
