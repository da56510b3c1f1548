import { AsyncLocalStorage } from 'node:async_hooks';

/** The request or message that is being processed. Kept in async local storage, not passed as an argument. */
export interface RequestContext {
  readonly requestId: string;
  /** True for subscribers, workers and other work that no client waits for. */
  readonly background?: boolean;
  /** Set if the response is the stored one of an earlier request with the same Idempotency-Key. */
  replayed?: boolean;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}
