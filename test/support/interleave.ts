import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { TestApp } from './test-app';

/** One write of a transaction, as the client sends it. */
export interface TransactAction {
  readonly Put?: { readonly Item: Record<string, unknown> };
  readonly Update?: { readonly Key: Record<string, unknown> };
}

const MIDDLEWARE = 'interleave';

/** Runs an action once, right before a matching transaction is sent: after its reads, before its writes. */
export function interleave(
  app: TestApp,
  matches: (action: TransactAction) => boolean,
  action: () => Promise<unknown>,
): void {
  const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
  middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems: actions = [] } = args.input as { TransactItems?: readonly TransactAction[] };
      if (actions.some(matches) && middlewareStack.remove(MIDDLEWARE)) await action();
      return next(args);
    },
    { step: 'initialize', name: MIDDLEWARE },
  );
}
