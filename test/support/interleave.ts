import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { TestApp } from './test-app';

/** One write of a transaction, as it is sent. */
export interface TransactAction {
  readonly Put?: { readonly Item: Record<string, unknown> };
  readonly Update?: { readonly Key: Record<string, unknown> };
}

/** Has something happen once, right before a certain write is sent, when all has been read for it. */
export function interleave(
  app: TestApp,
  matches: (action: TransactAction) => boolean,
  action: () => Promise<unknown>,
): void {
  const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
  middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems: actions = [] } = args.input as { TransactItems?: readonly TransactAction[] };
      if (actions.some(matches) && middlewareStack.remove('just before')) await action();
      return next(args);
    },
    { step: 'initialize', name: 'just before' },
  );
}
