import { Conflict } from '../errors';
import { retryOnConflict, TooMuchContention } from './retry-on-conflict';

class Changed extends Error {
  constructor(readonly current: number) {
    super('changed');
  }
}
class CartChanged extends Conflict {}

describe('retryOnConflict', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('passes the conflict to the next attempt', async () => {
    const seen: unknown[] = [];
    const result = await retryOnConflict(Changed, (conflict) => {
      seen.push(conflict?.current);
      return conflict ? Promise.resolve('done') : Promise.reject(new Changed(7));
    });
    expect([result, seen]).toEqual(['done', [undefined, 7]]);
  });

  it('throws any other error without a retry', async () => {
    const attempt = jest.fn(() => Promise.reject(new Error('other')));
    await expect(retryOnConflict(Changed, attempt)).rejects.toThrow('other');
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['TooMuchContention', new Changed(1), TooMuchContention],
    ['the conflict itself, if it is a domain error,', new CartChanged('changed'), CartChanged],
  ])('throws %s after ten attempts', async (_, conflict, expected) => {
    const attempt = jest.fn(() => Promise.reject(conflict));
    const result = retryOnConflict(conflict.constructor as new () => Error, attempt).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await result).toBeInstanceOf(expected);
    expect(attempt).toHaveBeenCalledTimes(10);
  });
});
