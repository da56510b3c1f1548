import { BatchWriteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { JwtService } from '@nestjs/jwt';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from '../../infra/local/ports.mts';
import type { Role } from '../../src/kernel/roles';
import { newUserId } from '../../src/modules/user/domain/ids';
import { PLATFORM_SETTINGS } from '../../src/platform/config/platform.settings';
import { Configuration } from '../../src/platform/config/configuration';
import type { Environment } from '../../src/platform/config/env-reader';
import { createDocumentClient, createDynamoClient } from '../../src/platform/dynamo/client';
import { HttpClient } from './http-client';

const ROOT = join(__dirname, '../..');
// As npm does, whichever Node runs Jest.
const NODE = join(ROOT, 'node_modules/.bin/node');
/** Ends the program when this process ends, however it does. */
const PARENT_WATCH = pathToFileURL(join(ROOT, 'infra/local/parent-watch.mts')).href;
/** Starting costs half as much when Node need not compile the same packages again. */
const COMPILE_CACHE = join(ROOT, '.cache/compiled');
const TIMEOUT_MILLISECONDS = 60_000;
const POLL_INTERVAL_MILLISECONDS = 25;
const BATCH_SIZE = 25;
const MAX_OUTPUT_LENGTH = 20_000;

export interface ExitResult {
  /** Undefined when a signal ended it. */
  readonly code?: number;
  readonly printed: string;
}

/** A program that was built, running in a process of its own. */
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

  /** The end of what it has printed so far. */
  get output(): string {
    return this.printed;
  }

  private get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async waitUntilReady(): Promise<this> {
    await waitUntil(`${this.url} to be ready`, async () => {
      if (!this.isAlive) throw new Error(`The program ended before it was ready:\n${this.printed}`);
      return (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.ok;
    });
    return this;
  }

  /** Resolves when it ends by itself; fails when it does not. */
  async waitForExit(timeoutMilliseconds = TIMEOUT_MILLISECONDS): Promise<ExitResult> {
    const timeout = AbortSignal.timeout(timeoutMilliseconds);
    const late = once(timeout, 'abort').then(() => {
      throw new Error(`The program has not ended within ${timeoutMilliseconds} ms:\n${this.printed}`);
    });
    return Promise.race([this.exited, late]);
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<ExitResult> {
    this.signal(signal);
    return this.waitForExit();
  }

  signal(signal: 'SIGKILL' | 'SIGTERM'): void {
    this.child.kill(signal);
  }
}

/**
 * A dairy of its own on the shared parts, prepared like the demo's and served by real processes of the built program.
 * `close` leaves none of them alive.
 */
export class TestDairy {
  private readonly programs: Program[] = [];
  private readonly env: Environment;
  private readonly database;

  private constructor(readonly prefix: string) {
    this.env = { ...process.env, TABLE_PREFIX: prefix, LOG_LEVEL: 'warn', RATE_LIMITS: 'off', NODE_ENV: 'test' };
    this.database = createDocumentClient(createDynamoClient(Configuration.read(this.env).get(PLATFORM_SETTINGS)));
  }

  static async open(): Promise<TestDairy> {
    const dairy = TestDairy.unprepared();
    await dairy.prepare();
    return dairy;
  }

  /** One that has neither tables nor queues yet. */
  static unprepared(): TestDairy {
    return new TestDairy(`r${randomBytes(5).toString('hex')}-`);
  }

  async prepare(): Promise<void> {
    const { code, printed } = await this.run('dist/cli/prepare-local.js');
    if (code !== 0) throw new Error(`The dairy could not be prepared:\n${printed}`);
  }

  /** Runs a program of the dairy to its end. */
  async run(file: string, env: Environment = {}, ...args: string[]): Promise<ExitResult> {
    return this.track(new Program(file, { env: { ...this.env, ...env }, args })).waitForExit();
  }

  /** Starts the program, and resolves when it serves. */
  async start(env: Environment = {}, port?: number): Promise<Program> {
    return (await this.launch(env, port)).waitUntilReady();
  }

  /** Starts the program, whatever becomes of it. */
  async launch(env: Environment = {}, port?: number): Promise<Program> {
    const at = port ?? (await freePort());
    return this.track(new Program('dist/main.js', { env: { ...this.env, ...env }, port: at }));
  }

  /** HTTP as somebody of a role, with a token as the program signs it; the user need not be stored. */
  as(
    role: Role,
    { url }: { url: string },
    userId = newUserId(),
    env: Environment = {},
  ): HttpClient & { userId: string } {
    const { jwtSecret, jwtIssuer, jwtAudience } = Configuration.read({ ...this.env, ...env }).get(CONFIG);
    const token = new JwtService().sign(
      { sub: userId, role, typ: 'access' },
      { secret: jwtSecret, algorithm: 'HS256', issuer: jwtIssuer, audience: jwtAudience, expiresIn: '15m' },
    );
    return Object.assign(new HttpClient(url, token), { userId });
  }

  /** Every item of a table, as it is stored. */
  async allStored<T extends object>(table: string): Promise<T[]> {
    const items: T[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.database.send(
        new ScanCommand({ TableName: this.prefix + table, ConsistentRead: true, ExclusiveStartKey: from }),
      );
      items.push(...((page.Items ?? []) as T[]));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  /** Puts an item into a table past the program, whatever its rules. */
  async putItem(table: string, item: Record<string, unknown>): Promise<void> {
    await this.database.send(new PutCommand({ TableName: this.prefix + table, Item: item }));
  }

  /** Puts many items into a table, as `store`. */
  async putItems(table: string, items: readonly object[]): Promise<void> {
    const puts = items.map((Item) => ({ PutRequest: { Item } }));
    for (let from = 0; from < puts.length; from += BATCH_SIZE) {
      const RequestItems = { [this.prefix + table]: puts.slice(from, from + BATCH_SIZE) };
      await this.database.send(new BatchWriteCommand({ RequestItems }));
    }
  }

  /** Waits until a program says that nothing more will happen. */
  async settled(program: Program, timeoutMilliseconds?: number): Promise<void> {
    const admin = this.as('ADMIN', program);
    await waitUntil(
      'all to be settled',
      async () => (await admin.get('/admin/settled')).status === 200,
      timeoutMilliseconds,
    );
  }

  /** Ends what is still running; for afterAll, so that it happens when a test fails too. */
  async close(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.kill()));
    this.database.destroy();
  }

  private track(program: Program): Program {
    this.programs.push(program);
    return program;
  }
}

/** Waits for a condition, looking often: by default every 25 ms. */
export async function waitUntil<T>(
  description: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
  intervalMilliseconds = POLL_INTERVAL_MILLISECONDS,
): Promise<T> {
  const deadline = Date.now() + timeoutMilliseconds;
  for (;;) {
    const result = await probe();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMilliseconds} ms in vain for ${description}`);
    await pause(intervalMilliseconds);
  }
}
