import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '../aws-errors';

/** Checks one dependency. Returns the problem as long as it cannot be used, then undefined. */
export type DependencyCheck = () => Promise<string | undefined>;

interface Dependency {
  readonly server: string;
  /** Undefined for the default endpoint of AWS. */
  readonly endpoint?: string;
}

const POLL_INTERVAL_MILLISECONDS = 500;
/** If a task lacks only the permission to describe a resource, it may still be able to use it. */
const ACCESS_DENIED = /^(AccessDenied|AuthorizationError)/;

/** Dependencies were not available in time. The message lists them. */
export class DependenciesUnavailable extends Error {
  constructor(problems: readonly string[], seconds: number) {
    super(`Dependencies unavailable after ${seconds} s:\n${bulletList(problems)}`);
  }
}

/**
 * Waits until all checks pass, so that programs can start in any order. Reports once what it waits for. Throws
 * `DependenciesUnavailable` after `seconds`.
 */
export async function waitFor(
  checks: readonly DependencyCheck[],
  { seconds, report }: { seconds: number; report: (message: string) => void },
): Promise<void> {
  const deadline = AbortSignal.timeout(seconds * 1_000);
  for (let hasReported = false; ; hasReported = true) {
    const results = await Promise.all(checks.map((check) => check()));
    const problems = [...new Set(results)].filter((problem) => problem !== undefined);
    if (problems.length === 0) return;
    if (deadline.aborted) throw new DependenciesUnavailable(problems, seconds);
    if (!hasReported) report(`Waiting up to ${seconds} s for dependencies:\n${bulletList(problems)}`);
    await sleep(POLL_INTERVAL_MILLISECONDS);
  }
}

/** Checks that a server answers. */
export function reachabilityCheck({ server, endpoint }: Dependency, probe: () => Promise<unknown>): DependencyCheck {
  return async () => {
    try {
      await probe();
      return undefined;
    } catch (error) {
      if (!isOutage(error)) throw error;
      return `${server} does not answer${endpoint ? ` at ${endpoint}` : ''}`;
    }
  };
}

/** Checks that a server answers and has a resource. `notFoundName` is the name of its error if it does not. */
export function existenceCheck(
  resource: string,
  notFoundName: string,
  dependency: Dependency,
  probe: () => Promise<unknown>,
): DependencyCheck {
  const isReachable = reachabilityCheck(dependency, probe);
  return async () => {
    try {
      return await isReachable();
    } catch (error) {
      const { name: errorName } = error as Error;
      if (errorName === notFoundName) return `${resource} does not exist`;
      if (ACCESS_DENIED.test(errorName)) return undefined;
      throw error;
    }
  };
}

function bulletList(problems: readonly string[]): string {
  return problems.map((problem) => `  - ${problem}`).join('\n');
}
