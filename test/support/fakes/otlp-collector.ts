import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { close, listen, urlOf } from './local-server';

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}

interface Export {
  readonly resourceSpans?: { scopeSpans: { spans: CollectedSpan[] }[] }[];
  readonly resourceMetrics?: { scopeMetrics: { metrics: { name: string }[] }[] }[];
}

/** Receives traces and metrics by OTLP over HTTP. */
export class OtlpCollector {
  readonly spans: CollectedSpan[] = [];
  readonly metrics = new Set<string>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      void json(request).then((body) => {
        this.ingest(body as Export);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
  }

  static async start(): Promise<OtlpCollector> {
    const server = await listen(createServer());
    return new OtlpCollector(server);
  }

  async stop(): Promise<void> {
    await close(this.server);
  }

  get url(): string {
    return urlOf(this.server);
  }

  private ingest({ resourceSpans = [], resourceMetrics = [] }: Export): void {
    for (const { scopeSpans } of resourceSpans) for (const { spans } of scopeSpans) this.spans.push(...spans);
    for (const { scopeMetrics } of resourceMetrics) {
      for (const { metrics } of scopeMetrics) metrics.forEach(({ name }) => this.metrics.add(name));
    }
  }
}
