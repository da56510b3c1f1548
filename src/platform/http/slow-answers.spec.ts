import { Logger } from '@nestjs/common';
import { Clock } from '../clock';
import { NotReady, SlowAnswers } from './slow-answers';

/** Real time that is what a test says. */
class StandingClock extends Clock {
  at = 0;

  override real(): number {
    return this.at;
  }
}

/** An answer that is made when a test says so. */
function work() {
  const made: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const make = () => new Promise<string>((resolve, reject) => made.push({ resolve, reject }));
  return { make, made };
}

describe('an answer that takes long', () => {
  let clock: StandingClock;
  let answers: SlowAnswers;
  const hurried = () => Object.assign(answers, { patienceMilliseconds: 0 });
  const patient = () => Object.assign(answers, { patienceMilliseconds: 60_000 });
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(() => {
    clock = new StandingClock();
    answers = new SlowAnswers(clock);
    patient();
  });

  it('is made once for all who ask while it is made, and anew for who asks afterwards', async () => {
    const { make, made } = work();
    const both = [answers.ask('milk', make), answers.ask('milk', make)];
    made[0]?.resolve('42');
    expect(await Promise.all(both)).toEqual(['42', '42']);
    const third = answers.ask('milk', make);
    made[1]?.resolve('43');
    expect(await third).toBe('43');
  });

  it('is there for who comes back for it, for half a minute', async () => {
    const { make, made } = work();
    hurried();
    expect(await answers.ask('milk', make)).toBeInstanceOf(NotReady);
    expect(await answers.ask('milk', make)).toBeInstanceOf(NotReady);
    patient();
    const back = answers.ask('milk', make);
    made[0]?.resolve('42');
    expect(await back).toBe('42');
    clock.at = 30_000;
    expect(await answers.ask('milk', make)).toBe('42');
    expect(made).toHaveLength(1);
    clock.at = 30_001;
    void answers.ask('milk', make);
    expect(made).toHaveLength(2);
    made[1]?.resolve('');
  });

  it('is tried anew when it failed, and the failure told to who waits', async () => {
    const { make, made } = work();
    const first = answers.ask('milk', make);
    made[0]?.reject(new Error('sour'));
    await expect(first).rejects.toThrow('sour');
    hurried();
    expect(await answers.ask('milk', make)).toBeInstanceOf(NotReady);
    made[1]?.reject(new Error('sour'));
    await Promise.resolve();
    patient();
    const third = answers.ask('milk', make);
    made[2]?.resolve('42');
    expect(await third).toBe('42');
  });

  it('is not begun while four others are made', async () => {
    const { make, made } = work();
    const four = ['a', 'b', 'c', 'd'].map((question) => answers.ask(question, make));
    expect(await answers.ask('milk', make)).toBeInstanceOf(NotReady);
    expect(made).toHaveLength(4);
    made.forEach(({ resolve }) => resolve('42'));
    await Promise.all(four);
    const fifth = answers.ask('milk', make);
    made[4]?.resolve('43');
    expect(await fifth).toBe('43');
  });
});
