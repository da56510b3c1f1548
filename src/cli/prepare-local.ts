import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { ProductService } from '../modules/product';
import { UserService } from '../modules/user';
import { ConfigurationError, demoPassword, isProduction, readConfig, takeNoRole } from '../platform/config';
import { createDynamoClient } from '../platform/dynamo/client';
import { createTables } from '../platform/dynamo/provision';
import { fromMajor } from '../platform/money';
import { answerOf, NeedsUnmet, untilMet } from '../platform/patience';
import { provisionQueues } from '../platform/queue/provision';
import { DEMO_PEOPLE, DEMO_SHELVES } from './demo-dairy';

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
  await untilMet(
    [
      answerOf({ server: 'DynamoDB', endpoint: endpoints.dynamodb }, () => createTables(dynamo, config.tablePrefix)),
      answerOf({ server: 'SQS and SNS', endpoint: endpoints.sqs }, () => provisionQueues(config)),
    ],
    { seconds, tell: (news) => console.error(news) },
  );
  dynamo.destroy();

  takeNoRole();
  const app = await NestFactory.createApplicationContext(AppModule, {
    abortOnError: false,
    logger: ['error', 'fatal'],
  });
  try {
    await Promise.all([stockShelves(app), openAccounts(app)]);
  } finally {
    await app.close();
  }
}

async function stockShelves(app: INestApplicationContext): Promise<void> {
  const products = app.get(ProductService, { strict: false });
  const wanted = DEMO_SHELVES.flatMap(({ category, taxRate, products: onIt }) =>
    onIt.map((product) => ({ ...product, category, taxRate, price: fromMajor(product.price) })),
  );
  const present = await products.productsOf(wanted);
  await Promise.all(wanted.filter(({ productId }) => !present.has(productId)).map((product) => products.add(product)));
}

async function openAccounts(app: INestApplicationContext): Promise<void> {
  const users = app.get(UserService, { strict: false });
  await Promise.all(DEMO_PEOPLE.map(({ role, ...person }) => users.ensure(person, role, demoPassword())));
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError || error instanceof NeedsUnmet ? error.message : error);
  process.exitCode = 1;
});
