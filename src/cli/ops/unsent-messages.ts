import { DeadNotifications } from '../../modules/notification';
import { iteratePages } from '../../platform/dynamo/cursor';
import { countedLines, countOf, type OperationContext } from './operation';

const PAGE_SIZE = 100;

/** Prints the mails and SMS whose every attempt failed: by channel, type and reason. */
export async function listUnsentMessages({ app, print }: OperationContext): Promise<void> {
  const notifications = app.get(DeadNotifications, { strict: false });
  const texts: string[] = [];
  for await (const page of iteratePages(PAGE_SIZE, (request) => notifications.list(request))) {
    texts.push(...page.map(({ channel, type, failure }) => `${channel} ${type}: ${failure}`));
  }
  print(`Not sent: ${countOf(texts.length, 'message')}.`);
  countedLines(texts).forEach((line) => print(line));
}

/** Puts them back on the queue. Workers send them at the rate of the provider. */
export async function retryUnsentMessages({ app, print }: OperationContext): Promise<void> {
  const { retried, hasMore } = await app.get(DeadNotifications, { strict: false }).retry();
  print(`Put ${countOf(retried, 'message')} back on the queue.${hasMore ? ' More are left: repeat the command.' : ''}`);
}
