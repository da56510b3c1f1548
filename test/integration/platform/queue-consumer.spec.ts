import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Publisher } from '../../../src/platform/queue/publisher';
import { QueueConsumer } from '../../../src/platform/queue/queue-consumer';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

describe('messages that are handled individually', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('do not wait for a slow one, and run up to the configured concurrency', async () => {
    const name = { QueueName: `${app.config.tablePrefix}apart` };
    const { QueueUrl: queueUrl = '' } = await app.get<SQSClient>(SQSClient).send(new CreateQueueCommand(name));
    const send = (...bodies: string[]) =>
      Promise.all(bodies.map((body) => app.get<Publisher>(Publisher).sendToQueue(queueUrl, { body })));
    const taken: unknown[] = [];
    const ends: (() => void)[] = [];
    const take = async (message: unknown) => {
      const { body } = message as { body: string };
      taken.push(body);
      if (body.startsWith('long')) await new Promise<void>((resolve) => ends.push(resolve));
    };
    const tookAll = (count: number) => waitUntil(`${count} messages`, () => Promise.resolve(taken.length === count));
    app.get<QueueConsumer>(QueueConsumer).start(queueUrl, take, { concurrency: 2 });

    await send('long 1');
    await tookAll(1);
    await send('short 1', 'short 2', 'short 3');
    await tookAll(4);
    await send('long 2');
    await tookAll(5);
    await send('short 4');
    ends.shift()?.();
    await tookAll(6);
    expect(taken.slice(-1)).toEqual(['short 4']);
    ends.shift()?.();
  });
});
