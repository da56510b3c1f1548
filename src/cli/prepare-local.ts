import type { INestApplicationContext } from '@nestjs/common';
import { MIGRATIONS } from '../app.module';
import { fromMajorUnits } from '../kernel/money';
import { ProductService } from '../modules/product';
import { UserService } from '../modules/user';
import { Clock } from '../platform/clock';
import { PLATFORM_SETTINGS } from '../platform/config/platform.settings';
import { ConfigurationError, isProduction, processEnvironment } from '../platform/config/env-reader';
import { createDocumentClient, createDynamoClient } from '../platform/dynamo/client';
import { Database } from '../platform/dynamo/database';
import { createTables } from '../platform/dynamo/provision';
import { MigrationRunner } from '../platform/migration/migration-runner';
import { declaredQueues } from '../platform/queue/declare-queue';
import { provisionQueues } from '../platform/queue/provision';
import { reachabilityCheck, waitFor } from '../platform/startup/wait-for';
import { declaredBuckets } from '../platform/storage/declare-bucket';
import { provisionBuckets } from '../platform/storage/provision';
import { commandConfiguration, runCommand, withApplication } from './command';
import { DEMO_CATEGORIES, DEMO_USERS } from './demo-dairy';

/**
 * Creates tables, queues, the topic, buckets and the demo dairy in the emulators. Keeps what exists, and migrates tables of
 * an earlier version.
 */
async function main(): Promise<void> {
  if (isProduction()) {
    throw new ConfigurationError([
      'NODE_ENV must not be production. In production, infra/aws creates tables and queues',
    ]);
  }
  const configuration = commandConfiguration();
  const password = demoPassword();
  const config = configuration.get(PLATFORM_SETTINGS);
  const dynamo = createDynamoClient(config);
  const { endpoints, startWaitSeconds: seconds } = config;
  await waitFor(
    [
      reachabilityCheck({ server: 'DynamoDB', endpoint: endpoints.dynamodb }, () =>
        createTables(dynamo, config.tablePrefix),
      ),
      reachabilityCheck({ server: 'SQS and SNS', endpoint: endpoints.sqs }, () =>
        provisionQueues(config, declaredQueues(configuration)),
      ),
      reachabilityCheck({ server: 'S3', endpoint: endpoints.s3 }, () =>
        provisionBuckets(config, declaredBuckets(configuration)),
      ),
    ],
    { seconds, report: (message) => console.error(message) },
  );
  const database = new Database(createDocumentClient(dynamo), config.tablePrefix);
  await new MigrationRunner(database, new Clock(), MIGRATIONS, (line) => console.log(line)).migrate();
  dynamo.destroy();

  await withApplication(configuration, async (app) => {
    await Promise.all([seedProducts(app), seedUsers(app, password)]);
  });
}

async function seedProducts(app: INestApplicationContext): Promise<void> {
  const products = app.get(ProductService, { strict: false });
  const demoProducts = DEMO_CATEGORIES.flatMap(({ category, taxRate, products: inCategory }) =>
    inCategory.map((product) => ({ ...product, category, taxRate, price: fromMajorUnits(product.price) })),
  );
  const existing = await products.cachedProductsOf(demoProducts);
  await Promise.all(
    demoProducts.filter(({ productId }) => !existing.has(productId)).map((product) => products.add(product)),
  );
}

/** The password of every user of the demo dairy. */
function demoPassword(): string {
  const password = processEnvironment.DEMO_PASSWORD || 'milkround-demo';
  if (password.length >= 7 && password.length <= 128) return password;
  throw new ConfigurationError(['DEMO_PASSWORD must have 7 to 128 characters']);
}

async function seedUsers(app: INestApplicationContext, password: string): Promise<void> {
  const users = app.get(UserService, { strict: false });
  await Promise.all(DEMO_USERS.map(({ role, ...person }) => users.ensure(person, role, password)));
}

void runCommand(main);
