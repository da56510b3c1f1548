import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type supertest from 'supertest';
import { newEventId } from '../../../src/kernel/ids';
import { currentContext } from '../../../src/platform/request-context';
import type { TestApp } from '../test-app';
import { isTestClock } from './usage-counter';

/**
 * Number of DynamoDB calls that a request makes before its response; background work does not count.
 * `const trips = await countTrips(app, () => customer.get('/cart/view').expect(200))`
 */
export async function countRoundTrips(app: TestApp, send: () => supertest.Test): Promise<number> {
  return (await roundTripsOf(app, send)).length;
}

/** The names of the calls, such as `GetItemCommand`. */
export async function roundTripsOf(app: TestApp, send: () => supertest.Test): Promise<string[]> {
  const requestId = newEventId();
  const calls: string[] = [];
  const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
  middlewareStack.add(
    (next, { commandName = 'unknown' }) =>
      (input) => {
        const context = currentContext();
        if (context?.requestId === requestId && !context.background) calls.push(commandName);
        return next(input);
      },
    { step: 'initialize', name: requestId },
  );
  try {
    await send().set('X-Request-Id', requestId);
  } finally {
    middlewareStack.remove(requestId);
  }
  return calls;
}

/**
 * The names of all calls of a program while `work` runs, those of its background work included, except the reads of the
 * test clock, which come every second. With `table`, only the calls that name this table. Prefer that: the program has
 * background work of its own.
 */
export async function callsDuring(
  app: TestApp,
  work: () => Promise<unknown>,
  { table }: { table?: string } = {},
): Promise<string[]> {
  const name = newEventId();
  const calls: string[] = [];
  const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
  middlewareStack.add(
    (next, { commandName = 'unknown' }) =>
      (input) => {
        const isOfTable = !table || JSON.stringify(input.input).includes(`"${app.config.tablePrefix}${table}"`);
        if (isOfTable && !isTestClock(input.input)) calls.push(commandName);
        return next(input);
      },
    { step: 'initialize', name },
  );
  try {
    await work();
  } finally {
    middlewareStack.remove(name);
  }
  return calls;
}
