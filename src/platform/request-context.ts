import { AsyncLocalStorage } from 'node:async_hooks';

/** What belongs to the request (or message) being served, without being handed from function to function. */
export interface RequestContext {
  readonly requestId: string;
  /** True after the response: for subscribers, and for other work that no client waits for. */
  readonly background?: boolean;
  /** Set when the answer is the stored one of an earlier request with the same Idempotency-Key. */
  replayed?: boolean;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}
