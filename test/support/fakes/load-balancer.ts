import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { close, listen, urlOf } from './local-server';

interface Task {
  readonly url: string;
}

const HEALTH_CHECK_INTERVAL_MILLISECONDS = 200;

/**
 * A load balancer in front of tasks: it checks their health, sends requests round robin to the ready ones over keep-alive
 * connections, and never retries a request.
 */
export class LoadBalancer {
  private readonly tasks = new Map<string, { isReady: boolean; answered: number }>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly timer = setInterval(() => void this.checkHealth(), HEALTH_CHECK_INTERVAL_MILLISECONDS);
  private nextIndex = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (from, to) => this.forward(from, to));
  }

  static async start(...tasks: readonly Task[]): Promise<LoadBalancer> {
    // Longer than clients keep a connection; closing one in use would fail a request.
    const server = await listen(createServer({ keepAliveTimeout: 75_000 }));
    const balancer = new LoadBalancer(server);
    await balancer.add(...tasks);
    return balancer;
  }

  get url(): string {
    return urlOf(this.server);
  }

  async add(...tasks: readonly Task[]): Promise<void> {
    for (const { url } of tasks) this.tasks.set(url, { isReady: false, answered: 0 });
    await this.checkHealth();
  }

  /** Number of requests that a task has answered. */
  requestsServedBy({ url }: Task): number {
    return this.tasks.get(url)?.answered ?? 0;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.agent.destroy();
    await close(this.server);
  }

  private async checkHealth(): Promise<void> {
    await Promise.all(
      [...this.tasks].map(async ([url, task]) => {
        const response = await fetch(`${url}/health/ready`).catch(() => undefined);
        await response?.body?.cancel();
        task.isReady = response?.ok ?? false;
      }),
    );
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const ready = [...this.tasks].filter(([, { isReady }]) => isReady);
    const [url, task] = ready[this.nextIndex++ % ready.length] ?? [];
    if (!task) return void outgoing.writeHead(503).end();
    const { method, headers, url: path } = incoming;
    const upstream = request(`${url}${path}`, { method, headers, agent: this.agent }, (response) => {
      task.answered++;
      // The connection header applies to one hop only.
      const { connection: _, ...rest } = response.headers;
      outgoing.writeHead(response.statusCode ?? 502, rest);
      response.pipe(outgoing);
    });
    upstream.on('error', ({ message }) => outgoing.writeHead(502).end(JSON.stringify({ code: message })));
    incoming.pipe(upstream);
  }
}
