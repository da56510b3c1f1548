import type { PlatformSettings } from '../config/platform.settings';
import { currentTraceId, withSpan } from './tracing';

/** The part of an AWS client that tracing needs. */
interface AwsClient {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'initialize'; name: string }): void;
  };
}
type Next = (call: unknown) => Promise<unknown>;
type Middleware = (next: never, names: { clientName?: string; commandName?: string }) => Next;

/** Records the calls of an AWS client as spans, if tracing is enabled. Calls outside a trace are not recorded. */
export function traceAwsCalls<T extends object>(client: T, { traces }: Pick<PlatformSettings, 'traces'>): T {
  if (!traces) return client;
  const middleware = ((next: Next, { clientName = 'AWS', commandName = 'call' }) => {
    const name = `${clientName.replace(/Client$/, '')}.${commandName.replace(/Command$/, '')}`;
    const span = { name, kind: 'CLIENT' } as const;
    return (call: unknown) => (currentTraceId() === undefined ? next(call) : withSpan(span, () => next(call)));
  }) as Middleware;
  // Each client types its stack by its own commands, so no single middleware type fits them all.
  (client as unknown as AwsClient).middlewareStack.add(middleware, { step: 'initialize', name: 'traced' });
  return client;
}
