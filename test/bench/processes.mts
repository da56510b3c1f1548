import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { ThrottlingProxy } from '../support/throttling/throttling-proxy.mts';

const ROOT = join(import.meta.dirname, '../..');
const METRICS_PRELOAD = join(import.meta.dirname, 'process-metrics.cjs');
/** Ends a process when the bench ends, even by a signal. */
const PARENT_WATCH = join(ROOT, 'infra/local/parent-watch.mts');

export interface ProcessMetrics {
  readonly cpuMs: number;
  readonly calls: number;
  readonly rssMb: number;
  /** The peak memory so far. */
  readonly peakMb: number;
}

/** A Node process that reports its CPU time, memory and DynamoDB calls. */
export class MeasuredProcess {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
    // Also after a failed measurement.
    process.once('exit', () => child.kill());
  }

  static start(file: string, env: Record<string, string | undefined>, ...args: string[]): MeasuredProcess {
    const child = spawn(
      process.execPath,
      ['--require', PARENT_WATCH, '--require', METRICS_PRELOAD, join(ROOT, file), ...args],
      {
        env: { ...process.env, ...env },
        stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
      },
    );
    return new MeasuredProcess(child);
  }

  async measure(): Promise<ProcessMetrics> {
    const metrics = this.nextMessage<ProcessMetrics>();
    this.send('measure');
    return metrics;
  }

  send(message: string): void {
    this.child.send(message);
  }

  /** The next message of the process; throws when the process exits first. */
  async nextMessage<T>(): Promise<T> {
    const abort = new AbortController();
    const { signal } = abort;
    const ended = once(this.child, 'exit', { signal }).then(() => {
      throw new Error('A measured process has exited. See the lines above.');
    });
    try {
      return ((await Promise.race([once(this.child, 'message', { signal }), ended])) as [T])[0];
    } finally {
      abort.abort();
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}

export interface LocalEmulators {
  readonly env: Record<string, string>;
  /** Prints what the throttling proxy refused, if there is one. */
  printThrottling(): void;
  stop(): void;
}

const HOTTEST_KEYS = 10;
/** A transaction in DynamoDB takes some 10 ms. */
const LIKE_AWS = { transactionMilliseconds: 10 };

/** Starts the emulators in memory on free ports. `isThrottled` puts AWS's limits of partitions before DynamoDB Local. */
export async function startEmulators({ isThrottled = false } = {}): Promise<LocalEmulators> {
  const child = spawn(process.execPath, [join(ROOT, 'infra/local/emulators.mts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { dynamodb, aws, ses, sms } = JSON.parse(line) as Record<string, string>;
  const proxy = isThrottled ? await ThrottlingProxy.start(dynamodb as string, LIKE_AWS) : undefined;
  return {
    env: {
      DYNAMODB_ENDPOINT: proxy?.url ?? (dynamodb as string),
      SQS_ENDPOINT: aws as string,
      SNS_ENDPOINT: aws as string,
      S3_ENDPOINT: aws as string,
      SES_ENDPOINT: ses as string,
      SMS_ENDPOINT: sms as string,
      AWS_REGION: 'ap-south-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    printThrottling: () => proxy && printThrottling(proxy),
    stop: () => child.stdin.end(),
  };
}

function printThrottling(proxy: ThrottlingProxy): void {
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0);
  const { throttled, conflicts } = proxy.refusals;
  console.log(`\nThrottled ${sum(throttled)} requests, and ${sum(conflicts)} for conflicts of transactions.`);
  console.log('\n| partition key | write units | throttled |\n|---|--:|--:|');
  for (const [key, units] of proxy.hottest('write').slice(0, HOTTEST_KEYS)) {
    console.log(`| ${key} | ${units} | ${throttled.get(key) ?? 0} |`);
  }
}

/** Runs a program and waits for it to exit. */
export async function runProgram(file: string, env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, file)], { env: { ...process.env, ...env }, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number];
  // The program has printed the reason.
  if (code !== 0) process.exit(code || 1);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Milliseconds until an address answers 200. */
export async function waitUntilReady(url: string): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < 60_000) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return performance.now() - start;
    await pause(20);
  }
  throw new Error(`${url} was not ready within a minute`);
}
