import { Logger } from '@nestjs/common';
import { Clock } from '../clock';
import { AsyncResponses, ResponsePending } from './async-responses';

/** Real time that is what a test says. */
class ManualClock extends Clock {
  at = 0;

  override realNow(): number {
    return this.at;
  }
}

/** An answer that is made when a test says so. */
function controlledWork() {
  const started: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const start = () => new Promise<string>((resolve, reject) => started.push({ resolve, reject }));
  return { make: start, made: started };
}

describe('an answer that takes long', () => {
  let clock: ManualClock;
  let answers: AsyncResponses;
  const hurried = () => Object.assign(answers, { waitMilliseconds: 0 });
  const patient = () => Object.assign(answers, { waitMilliseconds: 60_000 });
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(() => {
    clock = new ManualClock();
    answers = new AsyncResponses(clock);
    patient();
  });

  it('is made once for all who ask while it is made, and anew for who asks afterwards', async () => {
    const { make, made } = controlledWork();
    const both = [answers.getOrCompute('milk', make), answers.getOrCompute('milk', make)];
    made[0]?.resolve('42');
    expect(await Promise.all(both)).toEqual(['42', '42']);
    const third = answers.getOrCompute('milk', make);
    made[1]?.resolve('43');
    expect(await third).toBe('43');
  });

  it('is there for who comes back for it, for half a minute', async () => {
    const { make, made } = controlledWork();
    hurried();
    expect(await answers.getOrCompute('milk', make)).toBeInstanceOf(ResponsePending);
    expect(await answers.getOrCompute('milk', make)).toBeInstanceOf(ResponsePending);
    patient();
    const back = answers.getOrCompute('milk', make);
    made[0]?.resolve('42');
    expect(await back).toBe('42');
    clock.at = 30_000;
    expect(await answers.getOrCompute('milk', make)).toBe('42');
    expect(made).toHaveLength(1);
    clock.at = 30_001;
    void answers.getOrCompute('milk', make);
    expect(made).toHaveLength(2);
    made[1]?.resolve('');
  });

  it('is tried anew when it failed, and the failure told to who waits', async () => {
    const { make, made } = controlledWork();
    const first = answers.getOrCompute('milk', make);
    made[0]?.reject(new Error('sour'));
    await expect(first).rejects.toThrow('sour');
    hurried();
    expect(await answers.getOrCompute('milk', make)).toBeInstanceOf(ResponsePending);
    made[1]?.reject(new Error('sour'));
    await Promise.resolve();
    patient();
    const third = answers.getOrCompute('milk', make);
    made[2]?.resolve('42');
    expect(await third).toBe('42');
  });

  it('is not begun while four others are made', async () => {
    const { make, made } = controlledWork();
    const four = ['a', 'b', 'c', 'd'].map((question) => answers.getOrCompute(question, make));
    expect(await answers.getOrCompute('milk', make)).toBeInstanceOf(ResponsePending);
    expect(made).toHaveLength(4);
    made.forEach(({ resolve }) => resolve('42'));
    await Promise.all(four);
    const fifth = answers.getOrCompute('milk', make);
    made[4]?.resolve('43');
    expect(await fifth).toBe('43');
  });
});
