import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { INestApplicationContext, Provider, Type } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { API_DESCRIPTION } from '../../src/api-description';
import { AppModule } from '../../src/app.module';
import type { Role } from '../../src/kernel/roles';
import { newUserId } from '../../src/modules/user/domain/ids';
import { newUser } from '../../src/modules/user/domain/user';
import { Clock } from '../../src/platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../src/platform/config/platform.settings';
import { Configuration } from '../../src/platform/config/configuration';
import { Database } from '../../src/platform/dynamo/database';
import { createTables } from '../../src/platform/dynamo/provision';
import { readItem } from '../../src/platform/dynamo/read';
import { declaredTables } from '../../src/platform/dynamo/table';
import { put } from '../../src/platform/dynamo/write';
import { OutboxSweep } from '../../src/platform/events/outbox-sweep';
import { serveApps } from '../../src/platform/http/apps/apps';
import { configureServer, createAdapter } from '../../src/platform/http/server';
import { serveApiDocs } from '../../src/platform/openapi/document';
import { declaredQueues } from '../../src/platform/queue/declare-queue';
import { createQueues } from '../../src/platform/queue/provision';
import { QueueConsumer } from '../../src/platform/queue/queue-consumer';
import { declaredBuckets } from '../../src/platform/storage/declare-bucket';
import { createBuckets } from '../../src/platform/storage/provision';
import { InProcessClient } from './in-process-client';

/** Stored in every TestApp, because tokens of admins and couriers need an account. No list shows them. */
const STAFF = { ADMIN: 'U-ADMIN', COURIER: 'U-COURIER' } as const;

/** The program in process, with its own tables and queues on the shared emulators. */
export class TestApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    readonly configuration: Configuration,
  ) {}

  /**
   * Starts the program on a free port without its scheduler, so that a test decides when due work runs. `environment` overrides
   * variables, `providers` and `controllers` are added (such as a test's own subscribers), `clock` replaces the clock, and
   * `apps` is a folder of built browser apps.
   */
  static async start(
    environment: Record<string, string> = {},
    {
      providers = [],
      controllers = [],
      clock = new Clock(),
      apps,
    }: { providers?: Provider[]; controllers?: Type[]; clock?: Clock; apps?: string } = {},
  ): Promise<TestApp> {
    const configuration = Configuration.read({
      ...process.env,
      TABLE_PREFIX: `t${randomBytes(5).toString('hex')}-`,
      LOG_LEVEL: 'silent',
      RATE_LIMITS: 'off',
      APP_ROLES: 'api,worker',
      SMS_QUIET_HOURS: 'none',
      ...environment,
    });
    const config = configuration.get(PLATFORM_SETTINGS);
    const module = await Test.createTestingModule({
      imports: [AppModule.forRoot(() => configuration)],
      providers,
      controllers,
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    const nest = module.createNestApplication<NestFastifyApplication>(createAdapter(config), {
      logger: false,
    });
    try {
      await configureServer(nest, config);
      serveApiDocs(nest, API_DESCRIPTION);
      if (apps !== undefined) await serveApps(nest, { folder: apps, home: 'shop' });
      await createTables(module.get(DynamoDB), config.tablePrefix, { expiry: false });
      await createQueues(module.get(SQSClient), module.get(SNSClient), declaredQueues(configuration));
      await createBuckets(module.get(S3Client), declaredBuckets(configuration));
      // Clients would otherwise listen and close for each request, and simultaneous requests could miss that.
      await nest.listen(0, '127.0.0.1');
    } catch (error) {
      // Otherwise the components that have started would keep polling.
      await nest.close();
      throw error;
    }
    const app = new TestApp(nest, configuration);
    await Promise.all([app.storeStaff('ADMIN'), app.storeStaff('COURIER')]);
    return app;
  }

  get config(): PlatformSettings {
    return this.configuration.get(PLATFORM_SETTINGS);
  }

  /** A provider of the program. */
  get<T>(token: Parameters<INestApplicationContext['get']>[0]): T {
    return this.nest.get<T>(token, { strict: false });
  }

  /** An anonymous client. */
  get http(): InProcessClient {
    return new InProcessClient(this.nest.getHttpServer());
  }

  /**
   * A client with a token of a role, signed as the program does. A customer need not be stored. Unlike a token of a
   * sign-in, it does not end when a customer is blocked, so that a test can look at their objects.
   */
  as(
    role: Role,
    userId: string = role === 'CUSTOMER' ? newUserId() : STAFF[role],
  ): InProcessClient & { userId: string } {
    return Object.assign(this.http.as(this.tokenOf(role, userId)), { userId });
  }

  tokenOf(role: Role, userId: string): string {
    const { jwtSecret, jwtIssuer, jwtAudience } = this.config;
    return new JwtService().sign(
      { sub: userId, role, typ: 'access', ver: Number.MAX_SAFE_INTEGER },
      { secret: jwtSecret, algorithm: 'HS256', issuer: jwtIssuer, audience: jwtAudience, expiresIn: '15m' },
    );
  }

  private async storeStaff(role: keyof typeof STAFF): Promise<void> {
    const userId = STAFF[role];
    const user = newUser(
      { userId, name: role, email: `${userId}@milkround.test`, emailVerified: true },
      role,
      this.clock.now(),
    );
    await this.store('Users', { ...user, credentialsVersion: 1 });
  }

  get clock(): Clock {
    return this.get(Clock);
  }

  /** An item as it is stored. */
  async stored(table: string, key: Record<string, unknown>): Promise<Record<string, unknown> | undefined> {
    const database = this.get<Database>(Database);
    const declaration = declaredTables().find(({ name }) => name === table);
    if (!declaration) throw new Error(`No table ${table}`);
    return database.get(readItem<Record<string, unknown>>(database.tableName(declaration), key));
  }

  /** Replaces an item directly in a table, as an earlier version may have stored it. */
  async store(table: string, item: object): Promise<void> {
    await this.get<Database>(Database).write(put(this.config.tablePrefix + table, item));
  }

  /** Every item of a table, as it is stored. */
  async allStored<T extends object>(table: string): Promise<T[]> {
    const database = this.get<Database>(Database);
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await database.scanPage<T>(this.config.tablePrefix + table, { limit: 500, cursor });
      items.push(...page.items);
      cursor = page.next;
    } while (cursor);
    return items;
  }

  /** Waits until every event has reached its subscribers and every queue is empty. */
  async settled(): Promise<void> {
    const sweep = this.get<OutboxSweep>(OutboxSweep);
    const queues = this.get<QueueConsumer>(QueueConsumer);
    // Idle twice in a row: a queue worker may write to the outbox, and the outbox may send to a queue.
    for (let quiet = 0; quiet < 2;) {
      await sweep.drain();
      quiet = (await queues.isIdle()) ? quiet + 1 : 0;
      if (quiet === 0) await sleep(20);
    }
  }

  async stop(): Promise<void> {
    await this.nest.close();
  }
}
