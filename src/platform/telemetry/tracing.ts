import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('milkround');

/** Where present work belongs, as W3C writes it down for whoever goes on with it; undefined while nobody traces. */
export function currentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** The trace to which present work belongs; undefined while nobody traces. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

/** Names the present span after what is known of it only now. */
export function renameSpan(name: string): void {
  trace.getActiveSpan()?.updateName(name);
}

export interface SpanOptions {
  readonly name: string;
  readonly kind: 'CLIENT' | 'CONSUMER' | 'INTERNAL';
  /** What another process has written down with `traceparent`; without it, a part of present work. */
  readonly parent?: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** Runs work as a span. Costs next to nothing while nobody traces. */
export function withSpan<T>({ name, kind, parent, attributes }: SpanOptions, work: () => Promise<T>): Promise<T> {
  const parentContext =
    parent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
  return tracer.startActiveSpan(name, { kind: SpanKind[kind], attributes }, parentContext, async (span) => {
    try {
      return await work();
    } catch (error) {
      // The message may quote what was sent.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : undefined });
      throw error;
    } finally {
      span.end();
    }
  });
}
