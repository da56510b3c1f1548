import { backoffDelay, retry } from './retry';

const WITHOUT_WAIT = { base: 0, ceiling: 0 };

describe('retry', () => {
  /** An operation that fails with these errors, one attempt each, and then succeeds. */
  const failing = (...errors: Error[]) => {
    const seen: unknown[] = [];
    const operation = (previousError?: unknown) => {
      seen.push(previousError);
      const error = errors[seen.length - 1];
      return error ? Promise.reject(error) : Promise.resolve('done');
    };
    return { seen, operation };
  };
  const [first, second, third] = [new Error('first'), new Error('second'), new Error('third')];

  it('passes each error to the next attempt', async () => {
    const { seen, operation } = failing(first, second);
    const result = retry(operation, { maxAttempts: 3, isRetryable: () => true, backoff: WITHOUT_WAIT });
    expect(await result).toBe('done');
    expect(seen).toEqual([undefined, first, second]);
  });

  it('throws the last error once the attempts are used up', async () => {
    const { seen, operation } = failing(first, second, third);
    const result = retry(operation, { maxAttempts: 3, isRetryable: () => true, backoff: WITHOUT_WAIT });
    await expect(result).rejects.toBe(third);
    expect(seen).toHaveLength(3);
  });

  it('throws an error that is not retryable without a retry', async () => {
    const { seen, operation } = failing(first, second);
    const isRetryable = (error: unknown) => error === first;
    await expect(retry(operation, { maxAttempts: 9, isRetryable, backoff: WITHOUT_WAIT })).rejects.toBe(second);
    expect(seen).toHaveLength(2);
  });

  it('waits between attempts, except before the first retry if firstRetryAtOnce is set', async () => {
    jest.useFakeTimers();
    const policy = { maxAttempts: 2, isRetryable: () => true };
    const done = jest.fn();
    void retry(failing(first).operation, policy).then(done);
    expect(await retry(failing(first).operation, { ...policy, firstRetryAtOnce: true })).toBe('done');
    expect(done).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(done).toHaveBeenCalledWith('done');
    jest.useRealTimers();
  });
});

describe('backoffDelay', () => {
  it('returns a random delay below a ceiling that doubles up to a limit', () => {
    const longest = (attempt: number) =>
      Math.max(...Array.from({ length: 500 }, () => backoffDelay(attempt, { base: 10, ceiling: 100 })));
    expect(longest(1)).toBeLessThan(20);
    expect(longest(3)).toBeGreaterThan(50);
    expect(longest(3)).toBeLessThan(80);
    expect(longest(9)).toBeGreaterThan(80);
    expect(longest(9)).toBeLessThan(100);
  });
});
