import { KeyedMutex } from './keyed-mutex';

describe('a keyed mutex', () => {
  const mutex = new KeyedMutex();
  const log: string[] = [];
  const step = (key: string, name: string, error?: Error) =>
    mutex.run(key, async () => {
      log.push(`${name} begins`);
      await new Promise(setImmediate);
      log.push(`${name} ends`);
      if (error) throw error;
      return name;
    });
  beforeEach(() => log.splice(0));

  it('runs operations with the same key one after another, and forgets the key', async () => {
    expect(await Promise.all([step('a', 'first'), step('a', 'second'), step('a', 'third')])).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(log).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
    expect(mutex.size).toBe(0);
  });

  it('runs operations with different keys at the same time', async () => {
    await Promise.all([step('a', 'first'), step('b', 'second')]);
    expect(log).toEqual(['first begins', 'second begins', 'first ends', 'second ends']);
  });

  it('runs the next operation after one that fails', async () => {
    const failed = step('a', 'first', new Error('failed'));
    const next = step('a', 'second');
    await expect(failed).rejects.toThrow('failed');
    expect(await next).toBe('second');
    expect(mutex.size).toBe(0);
  });
});
