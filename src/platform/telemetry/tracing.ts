import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('milkround');

/** The current span as a W3C `traceparent`, to pass to other processes. Undefined without tracing. */
export function currentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** The id of the current trace. Undefined without tracing. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

/** Renames the current span, when its proper name is known only after its start. */
export function renameSpan(name: string): void {
  trace.getActiveSpan()?.updateName(name);
}

export interface SpanOptions {
  readonly name: string;
  readonly kind: 'CLIENT' | 'CONSUMER' | 'INTERNAL';
  /** A `traceparent` from another process. If undefined, the parent is the current span. */
  readonly parent?: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** Runs work in a span. Costs almost nothing without tracing. */
export function withSpan<T>({ name, kind, parent, attributes }: SpanOptions, work: () => Promise<T>): Promise<T> {
  const parentContext =
    parent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
  return tracer.startActiveSpan(name, { kind: SpanKind[kind], attributes }, parentContext, async (span) => {
    try {
      return await work();
    } catch (error) {
      // Only the name of the error, because its message may quote user input.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : undefined });
      throw error;
    } finally {
      span.end();
    }
  });
}
