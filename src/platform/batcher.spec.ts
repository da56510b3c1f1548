import { Batcher } from './batcher';

describe('Batcher', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** A batcher of up to three items in 50 ms, and the batches it has processed. */
  const batcher = (errorOf: (item: string) => Error | undefined = () => undefined) => {
    const batches: string[][] = [];
    const process = (items: readonly string[]) => {
      batches.push([...items]);
      return Promise.resolve(items.map(errorOf));
    };
    return { batches, batched: new Batcher(process, { maxSize: 3, windowMilliseconds: 50 }) };
  };

  it('processes what arrives within the window of the first item together', async () => {
    const { batches, batched } = batcher();
    const added = [batched.add('a')];
    jest.advanceTimersByTime(49);
    added.push(batched.add('b'));
    expect(batches).toEqual([]);
    jest.advanceTimersByTime(1);
    await Promise.all(added);
    added.push(batched.add('c'));
    jest.advanceTimersByTime(50);
    await Promise.all(added);
    expect(batches).toEqual([['a', 'b'], ['c']]);
  });

  it('processes a full batch at once, and the rest after a window of its own', async () => {
    const { batches, batched } = batcher();
    const added = ['a', 'b', 'c', 'd'].map((item) => batched.add(item));
    await Promise.all(added.slice(0, 3));
    expect(batches).toEqual([['a', 'b', 'c']]);
    jest.advanceTimersByTime(50);
    await Promise.all(added);
    expect(batches).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('rejects the item that failed, and no other', async () => {
    const refused = new Error('b was refused');
    const { batched } = batcher((item) => (item === 'b' ? refused : undefined));
    const results = await Promise.allSettled(['a', 'b', 'c'].map((item) => batched.add(item)));
    expect(results).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'rejected', reason: refused },
      { status: 'fulfilled', value: undefined },
    ]);
  });

  it('rejects all items of a batch that fails as a whole, and processes the next', async () => {
    const outage = new Error('no answer');
    let calls = 0;
    const process = (items: readonly string[]) =>
      ++calls === 1 ? Promise.reject(outage) : Promise.resolve(items.map(() => undefined));
    const batched = new Batcher(process, { maxSize: 2, windowMilliseconds: 50 });
    const failed = await Promise.allSettled([batched.add('a'), batched.add('b')]);
    expect(failed).toMatchObject([{ reason: outage }, { reason: outage }]);
    await Promise.all([batched.add('c'), batched.add('d')]);
  });
});
