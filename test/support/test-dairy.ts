import { BatchWriteCommand, DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { JwtService } from '@nestjs/jwt';
import { randomBytes } from 'node:crypto';
import { freePort } from '../../infra/local/ports.mts';
import type { Role } from '../../src/kernel/roles';
import { newUserId } from '../../src/modules/user/domain/ids';
import { PLATFORM_SETTINGS } from '../../src/platform/config/platform.settings';
import { Configuration } from '../../src/platform/config/configuration';
import type { Environment } from '../../src/platform/config/env-reader';
import { createDocumentClient, createDynamoClient } from '../../src/platform/dynamo/client';
import { HttpClient } from './http-client';
import { type ExitResult, Program } from './program';
import { waitUntil } from './wait-until';

const BATCH_SIZE = 25;

/**
 * A dairy with its own tables and queues on the shared emulators, seeded like the demo and served by processes of the
 * built program. `close` kills all of them.
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

  /** A dairy without tables and queues. */
  static unprepared(): TestDairy {
    return new TestDairy(`r${randomBytes(5).toString('hex')}-`);
  }

  /** The same emulators with other tables. Close both. */
  withPrefix(prefix: string): TestDairy {
    return new TestDairy(prefix);
  }

  async prepare(): Promise<void> {
    const { code, printed } = await this.run('dist/cli/prepare-local.js');
    if (code !== 0) throw new Error(`The dairy could not be prepared:\n${printed}`);
  }

  /** Runs a command and waits for it to exit. */
  async run(file: string, env: Environment = {}, ...args: string[]): Promise<ExitResult> {
    return this.command(file, env, ...args).waitForExit();
  }

  /** Starts a command without waiting. */
  command(file: string, env: Environment = {}, ...args: string[]): Program {
    return this.track(new Program(file, { env: { ...this.env, ...env }, args }));
  }

  /** Starts the program and waits until it is ready. */
  async start(env: Environment = {}, port?: number, file?: string): Promise<Program> {
    return (await this.launch(env, port, file)).waitUntilReady();
  }

  /** Starts the program without waiting. */
  async launch(env: Environment = {}, port?: number, file = 'dist/main.js'): Promise<Program> {
    const at = port ?? (await freePort());
    return this.track(new Program(file, { env: { ...this.env, ...env }, port: at }));
  }

  /** A client with a token of a role, signed as the program does: of the demo admin, or of a customer who need not be stored. */
  as(
    role: Role,
    { url }: { url: string },
    userId = role === 'ADMIN' ? 'U-ADMIN' : newUserId(),
    env: Environment = {},
  ): HttpClient & { userId: string } {
    const { jwtSecret, jwtIssuer, jwtAudience } = Configuration.read({ ...this.env, ...env }).get(PLATFORM_SETTINGS);
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

  /** Writes an item directly to a table, without the rules of the program. */
  async putItem(table: string, item: Record<string, unknown>): Promise<void> {
    await this.database.send(new PutCommand({ TableName: this.prefix + table, Item: item }));
  }

  /** Deletes an item, without the rules of the program. */
  async deleteItem(table: string, key: Record<string, unknown>): Promise<void> {
    await this.database.send(new DeleteCommand({ TableName: this.prefix + table, Key: key }));
  }

  /** Writes items directly to a table. */
  async putItems(table: string, items: readonly object[]): Promise<void> {
    const puts = items.map((Item) => ({ PutRequest: { Item } }));
    for (let from = 0; from < puts.length; from += BATCH_SIZE) {
      const RequestItems = { [this.prefix + table]: puts.slice(from, from + BATCH_SIZE) };
      await this.database.send(new BatchWriteCommand({ RequestItems }));
    }
  }

  /** Waits until the program reports that no work is left. */
  async settled(program: Program, timeoutMilliseconds?: number): Promise<void> {
    const admin = this.as('ADMIN', program);
    await waitUntil(
      'the dairy to be settled',
      async () => (await admin.get('/admin/settled')).status === 200,
      timeoutMilliseconds,
    );
  }

  /** Kills the processes that are still running. Call it in afterAll, so that it also runs after a failure. */
  async close(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.kill()));
    this.database.destroy();
  }

  private track(program: Program): Program {
    this.programs.push(program);
    return program;
  }
}
