import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { fromMajorUnits } from '../kernel/money';
import { ProductService } from '../modules/product';
import { UserService } from '../modules/user';
import {
  ConfigurationError,
  demoPassword,
  disableBackgroundRoles,
  isProduction,
  readConfig,
} from '../platform/config/config';
import { createDynamoClient } from '../platform/dynamo/client';
import { createTables } from '../platform/dynamo/provision';
import { provisionQueues } from '../platform/queue/provision';
import { DependenciesUnavailable, reachabilityCheck, waitFor } from '../platform/startup/wait-for';
import { DEMO_CATEGORIES, DEMO_USERS } from './demo-dairy';

/** Makes the parts on this machine ready: tables, queues, topic, and the demo dairy. What is there already stays. */
async function main(): Promise<void> {
  if (isProduction()) {
    throw new ConfigurationError([
      'NODE_ENV is production, where tables and queues come from infra/aws, not from here',
    ]);
  }
  const config = readConfig();
  const dynamo = createDynamoClient(config);
  const { endpoints, startWaitSeconds: seconds } = config;
  await waitFor(
    [
      reachabilityCheck({ server: 'DynamoDB', endpoint: endpoints.dynamodb }, () =>
        createTables(dynamo, config.tablePrefix),
      ),
      reachabilityCheck({ server: 'SQS and SNS', endpoint: endpoints.sqs }, () => provisionQueues(config)),
    ],
    { seconds, tell: (news) => console.error(news) },
  );
  dynamo.destroy();

  disableBackgroundRoles();
  const app = await NestFactory.createApplicationContext(AppModule, {
    abortOnError: false,
    logger: ['error', 'fatal'],
  });
  try {
    await Promise.all([seedProducts(app), seedUsers(app)]);
  } finally {
    await app.close();
  }
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

async function seedUsers(app: INestApplicationContext): Promise<void> {
  const users = app.get(UserService, { strict: false });
  await Promise.all(DEMO_USERS.map(({ role, ...person }) => users.ensure(person, role, demoPassword())));
}

main().catch((error: unknown) => {
  console.error(
    error instanceof ConfigurationError || error instanceof DependenciesUnavailable ? error.message : error,
  );
  process.exitCode = 1;
});
