import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { TestApp } from '../test-app';

/** One write of a transaction, as the client sends it. */
export interface TransactAction {
  readonly Put?: { readonly Item: Record<string, unknown> };
  readonly Update?: {
    readonly TableName: string;
    readonly Key: Record<string, unknown>;
    readonly UpdateExpression?: string;
  };
}

type Input = { TransactItems?: readonly TransactAction[]; UpdateExpression?: string };

const MIDDLEWARE = 'interleave';

/** Runs an action once, right before a matching transaction or update is sent: after its reads, before its writes. */
export function interleave(
  app: TestApp,
  matches: (action: TransactAction) => boolean,
  action: () => Promise<unknown>,
): void {
  const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
  middlewareStack.add(
    (next) => async (args) => {
      const actions = actionsOf(args.input as Input);
      if (actions.some(matches) && middlewareStack.remove(MIDDLEWARE)) await action();
      return next(args);
    },
    { step: 'initialize', name: MIDDLEWARE },
  );
}

function actionsOf(input: Input): readonly TransactAction[] {
  if (input.UpdateExpression !== undefined) return [{ Update: input as TransactAction['Update'] }];
  return input.TransactItems ?? [];
}
