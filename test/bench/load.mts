import { Agent, request } from 'node:http';

/** One caller with its own connection. */
export class LoadClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private readonly port: number;
  private readonly token?: string;

  constructor(port: number, token?: string) {
    this.port = port;
    this.token = token;
  }

  /** Sends a request; anything but a 2xx ends the measurement. */
  send<T>(method: string, path: string, body?: object): Promise<T> {
    const payload = body && JSON.stringify(body);
    const headers: Record<string, string> = {
      ...(payload && { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(payload)) }),
      ...(this.token && { Authorization: `Bearer ${this.token}` }),
    };
    return new Promise((resolve, reject) => {
      const call = request({ port: this.port, method, path, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text) as T);
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        });
      });
      call.on('error', reject);
      call.end(payload);
    });
  }
}

export interface LoadResult {
  readonly done: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export interface LoadLimit {
  readonly seconds?: number;
  readonly count?: number;
  readonly perWorker?: number;
}

/** Repeats the work of every caller until the time is over or the limit is reached, in total or per caller. */
export async function runLoad(
  workers: readonly (() => Promise<unknown>)[],
  { seconds = Infinity, count = Infinity, perWorker: each = Infinity }: LoadLimit,
): Promise<LoadResult> {
  const times: number[] = [];
  const start = performance.now();
  let started = 0;
  await Promise.all(
    workers.map(async (work) => {
      for (
        let ownCount = 0;
        ownCount < each && performance.now() - start < seconds * 1_000 && started++ < count;
        ownCount++
      ) {
        const before = performance.now();
        await work();
        times.push(performance.now() - before);
      }
    }),
  );
  const elapsed = (performance.now() - start) / 1_000;
  times.sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { done: times.length, perSecond: times.length / elapsed, p50: percentile(0.5), p99: percentile(0.99) };
}
