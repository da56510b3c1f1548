import { answerOf, existenceOf, type Look, NeedsUnmet, untilMet } from './patience';

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const named = (name: string) => Object.assign(new Error(name), { name });
const failing = (error: Error) => () => Promise.reject(error);

/** Finds something wrong so many times. */
function wrong(what: string, times: number): Look {
  let left = times;
  return () => Promise.resolve(left-- > 0 ? what : undefined);
}

describe('waiting for what is needed', () => {
  async function wait(looks: readonly Look[], seconds: number): Promise<{ told: string[]; error?: unknown }> {
    const told: string[] = [];
    try {
      await untilMet(looks, { seconds, tell: (news) => told.push(news) });
      return { told };
    } catch (error) {
      return { told, error };
    }
  }

  it('is no wait when all is there', async () => {
    expect(await wait([wrong('A table is missing', 0)], 0)).toEqual({ told: [] });
  });

  it('tells once what it waits for, and ends when all is there', async () => {
    const { told, error } = await wait([wrong('A table is missing', 2), wrong('A queue is missing', 1)], 60);
    expect(error).toBeUndefined();
    expect(told).toEqual([
      expect.stringMatching(/60 s at most.*\n {2}- A table is missing\n {2}- A queue is missing$/),
    ]);
  });

  it('ends at its limit with what is missing, each once', async () => {
    const { error } = await wait([wrong('No answer', 9), wrong('No answer', 9)], 0);
    expect(error).toBeInstanceOf(NeedsUnmet);
    expect((error as Error).message).toBe('Gave up after 0 s. Milkround needs what is not there:\n  - No answer');
  });

  it('ends at once when something is wrong that no wait makes right', async () => {
    const broken = named('UnrecognizedClientException');
    expect((await wait([answerOf({ server: 'DynamoDB' }, failing(broken))], 60)).error).toBe(broken);
  });
});

describe('looking for a table', () => {
  const server = { server: 'DynamoDB', endpoint: 'http://127.0.0.1:8000' };
  const lookWith = (ask: () => Promise<unknown>) => existenceOf('The table Orders', 'NoSuchTable', server, ask)();

  it.each([
    ['is there', () => Promise.resolve(), undefined],
    ['does not exist', failing(named('NoSuchTable')), 'The table Orders does not exist'],
    ['is there for all one knows who may not look', failing(named('AccessDeniedException')), undefined],
    ['is where nobody answers', failing(refused), 'DynamoDB does not answer at http://127.0.0.1:8000'],
  ])('that %s', async (_, ask, expected) => {
    expect(await lookWith(ask)).toBe(expected);
  });
});
