import { DependenciesUnavailable, type DependencyCheck, existenceCheck, reachabilityCheck, waitFor } from './wait-for';

const connectionRefused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const namedError = (name: string) => Object.assign(new Error(name), { name });
const rejectsWith = (error: Error) => () => Promise.reject(error);

/** Finds something wrong so many times. */
function failsTimes(problem: string, times: number): DependencyCheck {
  let left = times;
  return () => Promise.resolve(left-- > 0 ? problem : undefined);
}

describe('waiting for what is needed', () => {
  async function wait(
    looks: readonly DependencyCheck[],
    seconds: number,
  ): Promise<{ told: string[]; error?: unknown }> {
    const told: string[] = [];
    try {
      await waitFor(looks, { seconds, tell: (news) => told.push(news) });
      return { told };
    } catch (error) {
      return { told, error };
    }
  }

  it('is no wait when all is there', async () => {
    expect(await wait([failsTimes('A table is missing', 0)], 0)).toEqual({ told: [] });
  });

  it('tells once what it waits for, and ends when all is there', async () => {
    const { told, error } = await wait([failsTimes('A table is missing', 2), failsTimes('A queue is missing', 1)], 60);
    expect(error).toBeUndefined();
    expect(told).toEqual([
      expect.stringMatching(/60 s at most.*\n {2}- A table is missing\n {2}- A queue is missing$/),
    ]);
  });

  it('ends at its limit with what is missing, each once', async () => {
    const { error } = await wait([failsTimes('No answer', 9), failsTimes('No answer', 9)], 0);
    expect(error).toBeInstanceOf(DependenciesUnavailable);
    expect((error as Error).message).toBe('Gave up after 0 s. Milkround needs what is not there:\n  - No answer');
  });

  it('ends at once when something is wrong that no wait makes right', async () => {
    const broken = namedError('UnrecognizedClientException');
    expect((await wait([reachabilityCheck({ server: 'DynamoDB' }, rejectsWith(broken))], 60)).error).toBe(broken);
  });
});

describe('looking for a table', () => {
  const server = { server: 'DynamoDB', endpoint: 'http://127.0.0.1:8000' };
  const lookWith = (ask: () => Promise<unknown>) => existenceCheck('The table Orders', 'NoSuchTable', server, ask)();

  it.each([
    ['is there', () => Promise.resolve(), undefined],
    ['does not exist', rejectsWith(namedError('NoSuchTable')), 'The table Orders does not exist'],
    ['is there for all one knows who may not look', rejectsWith(namedError('AccessDeniedException')), undefined],
    ['is where nobody answers', rejectsWith(connectionRefused), 'DynamoDB does not answer at http://127.0.0.1:8000'],
  ])('that %s', async (_, ask, expected) => {
    expect(await lookWith(ask)).toBe(expected);
  });
});
