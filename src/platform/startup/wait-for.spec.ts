import { DependenciesUnavailable, type DependencyCheck, existenceCheck, reachabilityCheck, waitFor } from './wait-for';

const connectionRefused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const namedError = (name: string) => Object.assign(new Error(name), { name });
const rejectsWith = (error: Error) => () => Promise.reject(error);

/** Reports a problem the given number of times, then passes. */
function failsTimes(problem: string, times: number): DependencyCheck {
  let left = times;
  return () => Promise.resolve(left-- > 0 ? problem : undefined);
}

describe('waitFor', () => {
  async function wait(
    checks: readonly DependencyCheck[],
    seconds: number,
  ): Promise<{ reports: string[]; error?: unknown }> {
    const reports: string[] = [];
    try {
      await waitFor(checks, { seconds, report: (message) => reports.push(message) });
      return { reports };
    } catch (error) {
      return { reports, error };
    }
  }

  it('returns at once if all dependencies are available', async () => {
    expect(await wait([failsTimes('A table is missing', 0)], 0)).toEqual({ reports: [] });
  });

  it('reports once what it waits for, and returns when all dependencies are available', async () => {
    const checks = [failsTimes('A table is missing', 2), failsTimes('A queue is missing', 1)];
    const { reports, error } = await wait(checks, 60);
    expect(error).toBeUndefined();
    expect(reports).toEqual(['Waiting up to 60 s for dependencies: A table is missing; A queue is missing']);
  });

  it('fails after the time limit and names each problem once', async () => {
    const { error } = await wait([failsTimes('No answer', 9), failsTimes('No answer', 9)], 0);
    expect(error).toBeInstanceOf(DependenciesUnavailable);
    expect((error as Error).message).toMatch(/^Dependencies unavailable after 0 s: No answer\. Start /);
  });

  it('fails at once on an error that waiting cannot fix', async () => {
    const broken = namedError('UnrecognizedClientException');
    expect((await wait([reachabilityCheck({ server: 'DynamoDB' }, rejectsWith(broken))], 60)).error).toBe(broken);
  });

  it('fails in one line if a dependency refuses the program', async () => {
    const refusal = Object.assign(new Error('The token\n  is invalid.'), { name: 'UnrecognizedClient', $metadata: {} });
    const { error } = await wait([reachabilityCheck({ server: 'DynamoDB' }, rejectsWith(refusal))], 60);
    expect((error as Error).message).toBe(
      'DynamoDB refused the request: UnrecognizedClient: The token is invalid. ' +
        'Check AWS_REGION, the credentials and their rights.',
    );
  });
});

describe('existenceCheck of a table', () => {
  const server = { server: 'DynamoDB', endpoint: 'http://127.0.0.1:8000' };

  it.each([
    ['passes if it exists', () => Promise.resolve(), undefined],
    ['fails if it does not exist', rejectsWith(namedError('NoSuchTable')), 'The table Orders does not exist'],
    ['passes if the task may not describe it', rejectsWith(namedError('AccessDeniedException')), undefined],
    [
      'fails without credentials',
      rejectsWith(namedError('CredentialsProviderError')),
      'There are no valid AWS credentials for DynamoDB',
    ],
    [
      'fails if the server does not answer',
      rejectsWith(connectionRefused),
      'DynamoDB does not answer at http://127.0.0.1:8000',
    ],
  ])('%s', async (_, probe, expected) => {
    expect(await existenceCheck('The table Orders', 'NoSuchTable', server, probe)()).toBe(expected);
  });
});
