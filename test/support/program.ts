import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Environment } from '../../src/platform/config/env-reader';
import { waitUntil } from './wait-until';

const ROOT = join(__dirname, '../..');
// The Node version that npm scripts use, whichever one runs Jest.
const NODE = join(ROOT, 'node_modules/.bin/node');
/** Ends the program when this process ends, even by a signal. */
const PARENT_WATCH = pathToFileURL(join(ROOT, 'infra/local/parent-watch.mts')).href;
/** Halves the start time. */
const COMPILE_CACHE = join(ROOT, '.cache/compiled');
const EXIT_TIMEOUT_MILLISECONDS = 60_000;
const MAX_OUTPUT_LENGTH = 20_000;

export interface ExitResult {
  /** Undefined when a signal ended it. */
  readonly code?: number;
  readonly printed: string;
}

/** A process of the built program. */
export class Program {
  private readonly child: ChildProcess;
  readonly exited: Promise<ExitResult>;
  private printed = '';

  constructor(
    file: string,
    { env, args = [], port = 0 }: { env: Environment; args?: readonly string[]; port?: number },
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.child = spawn(NODE, ['--import', PARENT_WATCH, join(ROOT, file), ...args], {
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env, PORT: `${port}` },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (text: Buffer) => (this.printed = (this.printed + text.toString()).slice(-MAX_OUTPUT_LENGTH)));
    }
    this.exited = once(this.child, 'close').then(([code]) => ({
      code: (code as number | null) ?? undefined,
      printed: this.printed,
    }));
  }

  readonly url: string;

  /** The last part of its output so far. */
  get output(): string {
    return this.printed;
  }

  private get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async waitUntilReady(): Promise<this> {
    await waitUntil(`${this.url} to be ready`, async () => {
      if (!this.isAlive) throw new Error(`The program exited before it was ready:\n${this.printed}`);
      return (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.ok;
    });
    return this;
  }

  /** Resolves once the process has exited; throws after the timeout. */
  async waitForExit(timeoutMilliseconds = EXIT_TIMEOUT_MILLISECONDS): Promise<ExitResult> {
    const timeout = AbortSignal.timeout(timeoutMilliseconds);
    const late = once(timeout, 'abort').then(() => {
      throw new Error(`The program has not exited within ${timeoutMilliseconds} ms:\n${this.printed}`);
    });
    return Promise.race([this.exited, late]);
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<ExitResult> {
    this.signal(signal);
    return this.waitForExit();
  }

  signal(signal: 'SIGINT' | 'SIGKILL' | 'SIGTERM'): void {
    this.child.kill(signal);
  }
}
