import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { closed, listening, urlOf } from './local-server';

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

/** Takes traces and metrics by OTLP over HTTP. */
export class Collector {
  readonly spans: CollectedSpan[] = [];
  readonly metrics = new Set<string>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      void json(request).then((body) => {
        this.take(body as Export);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
  }

  static async start(): Promise<Collector> {
    const server = await listening(createServer());
    return new Collector(server);
  }

  async stop(): Promise<void> {
    await closed(this.server);
  }

  get url(): string {
    return urlOf(this.server);
  }

  private take({ resourceSpans = [], resourceMetrics = [] }: Export): void {
    for (const { scopeSpans } of resourceSpans) for (const { spans } of scopeSpans) this.spans.push(...spans);
    for (const { scopeMetrics } of resourceMetrics) {
      for (const { metrics } of scopeMetrics) metrics.forEach(({ name }) => this.metrics.add(name));
    }
  }
}
