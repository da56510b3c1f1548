import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '../aws-errors';
import { StartRefused } from '../start-refused';

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
const INVALID_CREDENTIALS = new Set(['CredentialsProviderError', 'ExpiredTokenException']);

/** Dependencies were not available, or not in time. The message lists them. */
export class DependenciesUnavailable extends StartRefused {
  constructor(problems: readonly string[], seconds?: number) {
    const time = seconds === undefined ? '' : ` after ${seconds} s`;
    super(`Dependencies unavailable${time}: ${problems.join('; ')}. Start or create them, or correct their settings.`);
  }
}

/** A dependency answered that it refuses the program. Waiting would not change that. */
export class DependencyRefused extends StartRefused {
  constructor(server: string, { name, message }: Error) {
    super(`${server} refused the request: ${name}: ${message} Check AWS_REGION, the credentials and their rights.`);
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
    if (!hasReported) report(`Waiting up to ${seconds} s for dependencies: ${problems.join('; ')}`);
    await sleep(POLL_INTERVAL_MILLISECONDS);
  }
}

/** Checks that a server answers. `DependencyRefused`. */
export function reachabilityCheck(dependency: Dependency, probe: () => Promise<unknown>): DependencyCheck {
  return async () => {
    try {
      await probe();
      return undefined;
    } catch (error) {
      return outageOf(dependency, error);
    }
  };
}

/** The problem, if an error means an outage. Throws `DependencyRefused`, or the error itself if no server sent it. */
function outageOf({ server, endpoint }: Dependency, error: unknown): string {
  if (!isOutage(error)) throw isAnswer(error) ? new DependencyRefused(server, error) : error;
  if (INVALID_CREDENTIALS.has(error.name)) return `There are no valid AWS credentials for ${server}`;
  return `${server} does not answer${endpoint ? ` at ${endpoint}` : ''}`;
}

function isAnswer(error: unknown): error is Error {
  return error instanceof Error && '$metadata' in error;
}

/** Checks that a server answers and has a resource. `notFoundName` is the name of its error if it does not. */
export function existenceCheck(
  resource: string,
  notFoundName: string,
  dependency: Dependency,
  probe: () => Promise<unknown>,
): DependencyCheck {
  return async () => {
    try {
      await probe();
      return undefined;
    } catch (error) {
      const { name: errorName } = error as Error;
      if (errorName === notFoundName) return `${resource} does not exist`;
      if (ACCESS_DENIED.test(errorName)) return undefined;
      return outageOf(dependency, error);
    }
  };
}
