import { Logger } from '@nestjs/common';
import { BackgroundTasks } from './background-tasks';
import { IdleMonitor } from './idle-monitor';
import { currentContext, runInContext } from './request-context';

describe('background tasks', () => {
  let idleMonitor: IdleMonitor;
  let background: BackgroundTasks;
  beforeEach(() => {
    Logger.overrideLogger(false);
    idleMonitor = new IdleMonitor();
    background = new BackgroundTasks(idleMonitor);
    background.onModuleInit();
  });

  it('start after the caller has returned, and keep its request id', async () => {
    const steps: unknown[] = [];
    runInContext({ requestId: 'R-1' }, () => {
      background.run(async () => void steps.push(currentContext()));
      steps.push('response');
    });
    await background.waitUntilIdle();
    expect(steps).toEqual(['response', { requestId: 'R-1', background: true }]);
  });

  it('are awaited at shutdown, with the tasks they start, and count as busy until then', async () => {
    const done: string[] = [];
    background.run(async () => {
      background.run(async () => void done.push('second'));
      done.push('first');
    });
    expect(await idleMonitor.findBusyComponent()).toBe('background tasks');
    await background.beforeApplicationShutdown();
    expect(done).toEqual(['first', 'second']);
    expect(await idleMonitor.findBusyComponent()).toBeUndefined();
  });

  it('continue when one of them fails', async () => {
    const done: string[] = [];
    background.run(() => Promise.reject(new Error('not now')));
    background.run(async () => void done.push('second'));
    await background.waitUntilIdle();
    expect(done).toEqual(['second']);
  });

  it('have capacity for a thousand at once', async () => {
    for (let count = 0; count < 1_000; count++) {
      expect(background.hasCapacity).toBe(true);
      background.run(() => Promise.resolve());
    }
    expect(background.hasCapacity).toBe(false);
    await background.waitUntilIdle();
    expect(background.hasCapacity).toBe(true);
  });
});
