import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '../kernel/event';
import type { UserId } from '../kernel/ids';

/** The request or message that is being processed. Kept in async local storage, not passed as an argument. */
export interface RequestContext {
  readonly requestId: string;
  /** True for subscribers, workers and other work that no client waits for. */
  readonly background?: boolean;
  /** Set once the person who sent the request is authenticated. Background work has none. */
  by?: Actor;
  /** A keyed hash of the client address. The log never contains the address itself. */
  readonly addressHash?: string;
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

/** Records who sent the current request. Events, ledger entries and history lines take it from the context. */
export function identifyActor({ userId, role }: Actor): void {
  const context = storage.getStore();
  if (context) context.by = { userId, role };
}

/** `{ by }` for a ledger entry or a history line. Empty if no person makes the current change. */
export function actorOfChange(): { readonly by?: UserId } {
  const { by } = storage.getStore() ?? {};
  return by ? { by: by.userId } : {};
}

/** Who made a change, as shown in responses. Only admins see it. */
export function shownToAdmins(by: UserId | undefined): UserId | undefined {
  return storage.getStore()?.by?.role === 'ADMIN' ? by : undefined;
}
