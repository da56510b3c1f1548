import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DynamooseModule } from 'nestjs-dynamoose';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
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
      inject: [DynamoDB, PLATFORM_SETTINGS],
      useFactory: (ddb: DynamoDB, { tablePrefix }: PlatformSettings) => ({
        ddb,
        table: { ...MODEL_OPTIONS, prefix: tablePrefix },
      }),
    }),
  ],
  providers: [
    { provide: DynamoDB, inject: [PLATFORM_SETTINGS], useFactory: createDynamoClient },
    {
      provide: Database,
      inject: [DynamoDB, PLATFORM_SETTINGS],
      useFactory: (client: DynamoDB, { tablePrefix }: PlatformSettings) =>
        new Database(createDocumentClient(client), tablePrefix),
    },
  ],
  exports: [DynamoDB, Database],
})
export class DynamoModule implements OnApplicationShutdown {
  constructor(
    @Inject(DynamoDB) private readonly client: DynamoDB,
    @Inject(PLATFORM_SETTINGS) config: PlatformSettings,
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
