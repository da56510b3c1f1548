import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { TestApp } from '../../support/app';

/** One write of a transaction, as it is sent. */
export interface Action {
  readonly Put?: { readonly Item: Record<string, unknown> };
  readonly Update?: { readonly Key: Record<string, unknown> };
}

/** Has something happen once, right before a certain write is sent, when all has been read for it. */
export function justBefore(app: TestApp, isIt: (action: Action) => boolean, happens: () => Promise<unknown>): void {
  const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
  middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems: actions = [] } = args.input as { TransactItems?: readonly Action[] };
      if (actions.some(isIt) && middlewareStack.remove('just before')) await happens();
      return next(args);
    },
    { step: 'initialize', name: 'just before' },
  );
}
