import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DynamooseModule } from 'nestjs-dynamoose';
import { CONFIG, type Config } from '../config/config';
import { DependencyChecks } from '../startup/dependency-checks';
import { createDocumentClient, createDynamoClient } from './client';
import { Database } from './database';
import { MODEL_OPTIONS, type TableDeclaration } from './table';
import { tableChecks } from './table-checks';

@Global()
@Module({
  imports: [
    DynamooseModule.forRootAsync({
      imports: [],
      inject: [DynamoDB, CONFIG],
      useFactory: (ddb: DynamoDB, { tablePrefix }: Config) => ({
        ddb,
        table: { ...MODEL_OPTIONS, prefix: tablePrefix },
      }),
    }),
  ],
  providers: [
    { provide: DynamoDB, inject: [CONFIG], useFactory: createDynamoClient },
    {
      provide: Database,
      inject: [DynamoDB, CONFIG],
      useFactory: (client: DynamoDB, { tablePrefix }: Config) =>
        new Database(createDocumentClient(client), tablePrefix),
    },
  ],
  exports: [DynamoDB, Database],
})
export class DynamoModule implements OnApplicationShutdown {
  constructor(
    @Inject(DynamoDB) private readonly client: DynamoDB,
    @Inject(CONFIG) config: Config,
    dependencyChecks: DependencyChecks,
  ) {
    dependencyChecks.register(...tableChecks(client, config));
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  /** Registers the dynamoose models of a module's tables. */
  static forTables(...tables: TableDeclaration[]): DynamicModule {
    return DynamooseModule.forFeature(tables.map(({ name, schema }) => ({ name, schema })));
  }
}
