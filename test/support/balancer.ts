import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { closed, listening, urlOf } from './local-server';

interface Task {
  readonly url: string;
}

const LOOK_EVERY_MILLISECONDS = 200;

/**
 * Stands in front of tasks as a load balancer does: it asks each whether it is ready, sends requests in turn to those that
 * are, over connections that it keeps, and repeats none.
 */
export class Balancer {
  private readonly tasks = new Map<string, { isReady: boolean; answered: number }>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly timer = setInterval(() => void this.look(), LOOK_EVERY_MILLISECONDS);
  private turn = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (from, to) => this.pass(from, to));
  }

  static async start(...tasks: readonly Task[]): Promise<Balancer> {
    // Longer than whoever comes keeps a connection: one that is closed while it is used would be a failed request.
    const server = await listening(createServer({ keepAliveTimeout: 75_000 }));
    const balancer = new Balancer(server);
    await balancer.add(...tasks);
    return balancer;
  }

  get url(): string {
    return urlOf(this.server);
  }

  async add(...tasks: readonly Task[]): Promise<void> {
    for (const { url } of tasks) this.tasks.set(url, { isReady: false, answered: 0 });
    await this.look();
  }

  /** How many requests a task has answered. */
  answeredBy({ url }: Task): number {
    return this.tasks.get(url)?.answered ?? 0;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.agent.destroy();
    await closed(this.server);
  }

  private async look(): Promise<void> {
    await Promise.all(
      [...this.tasks].map(async ([url, task]) => {
        const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
        await answer?.body?.cancel();
        task.isReady = answer?.ok ?? false;
      }),
    );
  }

  private pass(from: IncomingMessage, to: ServerResponse): void {
    const ready = [...this.tasks].filter(([, { isReady }]) => isReady);
    const [url, task] = ready[this.turn++ % ready.length] ?? [];
    if (!task) return void to.writeHead(503).end();
    const { method, headers, url: path } = from;
    const onward = request(`${url}${path}`, { method, headers, agent: this.agent }, (answer) => {
      task.answered++;
      // Who the connection between us and the task is for is no business of the client's.
      const { connection: _, ...rest } = answer.headers;
      to.writeHead(answer.statusCode ?? 502, rest);
      answer.pipe(to);
    });
    onward.on('error', ({ message }) => to.writeHead(502).end(JSON.stringify({ code: message })));
    from.pipe(onward);
  }
}
