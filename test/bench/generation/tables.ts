import { DeleteTableCommand, type DynamoDB, paginateListTables } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Run } from '../../../src/modules/generation/domain/run';
import { PLATFORM_SETTINGS } from '../../../src/platform/config/platform.settings';
import { Configuration } from '../../../src/platform/config/configuration';
import { createDocumentClient, createDynamoClient } from '../../../src/platform/dynamo/client';
import { sizeOf } from '../../support/measure/item-size.mts';
import { runProgram } from '../processes.mts';

export type Environment = Record<string, string>;

const SAMPLE_SIZE = 200;

/** The tables of one measurement: created by the program, read directly. */
export class BenchTables {
  private readonly client: DynamoDB;
  readonly document: DynamoDBDocumentClient;

  private constructor(
    /** Variables for the programs, in addition to the common ones. */
    readonly env: Environment,
    readonly prefix: string,
  ) {
    this.client = createDynamoClient(Configuration.read({ ...process.env, ...env }).get(PLATFORM_SETTINGS));
    this.document = createDocumentClient(this.client);
  }

  static async prepare(prefix: string): Promise<BenchTables> {
    const env = { LOG_LEVEL: 'warn', RATE_LIMITS: 'off', TABLE_PREFIX: prefix };
    await runProgram('dist/cli/prepare-local.js', env);
    return new BenchTables(env, prefix);
  }

  /** The run of the latest date. */
  async lastRun(): Promise<Run> {
    const { Items: items } = await this.document.send(
      new QueryCommand({
        TableName: `${this.prefix}GenerationRuns`,
        KeyConditionExpression: 'calendar = :daily',
        ExpressionAttributeValues: { ':daily': 'daily' },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    return items?.[0] as Run;
  }

  /** The mean size of a sample of a table's items. */
  async meanSize(table: string): Promise<number> {
    const { Items: items = [] } = await this.document.send(
      new ScanCommand({ TableName: this.prefix + table, Limit: SAMPLE_SIZE }),
    );
    return items.reduce((sum, item) => sum + sizeOf(item), 0) / items.length;
  }

  /** Deletes the tables before the next measurement. */
  async drop(): Promise<void> {
    for await (const { TableNames: names } of paginateListTables({ client: this.client }, {})) {
      for (const name of names?.filter((one) => one.startsWith(this.prefix)) ?? []) {
        await this.client.send(new DeleteTableCommand({ TableName: name }));
      }
    }
    this.client.destroy();
  }
}
