import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '../aws-errors';

/** Looks for something that is needed; answers with what is wrong as long as it cannot be used. */
export type DependencyCheck = () => Promise<string | undefined>;

interface Dependency {
  readonly server: string;
  /** AWS's own without one. */
  readonly endpoint?: string;
}

const POLL_INTERVAL_MILLISECONDS = 500;
/** A task that may not look is told so when it uses what is there. */
const ACCESS_DENIED = /^(AccessDenied|AuthorizationError)/;

/** What is needed was not there in time; the message says what. */
export class DependenciesUnavailable extends Error {
  constructor(problems: readonly string[], seconds: number) {
    super(`Gave up after ${seconds} s. Milkround needs what is not there:\n${bulletList(problems)}`);
  }
}

/**
 * Waits until nothing is wrong any more, so that nobody has to start programs in a certain order. It tells at once what
 * it waits for. `DependenciesUnavailable` after so many seconds.
 */
export async function waitFor(
  checks: readonly DependencyCheck[],
  { seconds, tell }: { seconds: number; tell: (news: string) => void },
): Promise<void> {
  const deadline = AbortSignal.timeout(seconds * 1_000);
  for (let hasReported = false; ; hasReported = true) {
    const results = await Promise.all(checks.map((check) => check()));
    const problems = [...new Set(results)].filter((problem) => problem !== undefined);
    if (problems.length === 0) return;
    if (deadline.aborted) throw new DependenciesUnavailable(problems, seconds);
    if (!hasReported) tell(`Waiting, ${seconds} s at most, for what Milkround needs:\n${bulletList(problems)}`);
    await sleep(POLL_INTERVAL_MILLISECONDS);
  }
}

/** Whether a server answers. */
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

/** Whether a server that answers has something, too; `absent` names the error by which it says no. */
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
