import { Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';

/** Fields that many events have. Amounts are in minor units. Others can be added: a file holds whole events. */
const COLUMNS: readonly (readonly [name: string, type: string])[] = [
  ['eventId', 'string'],
  ['eventType', 'string'],
  ['timestamp', 'string'],
  ['requestId', 'string'],
  ['userId', 'string'],
  ['orderId', 'string'],
  ['subscriptionId', 'string'],
  ['paymentId', 'string'],
  ['deliveryId', 'string'],
  ['courierId', 'string'],
  ['productId', 'string'],
  ['amount', 'bigint'],
  ['method', 'string'],
  ['status', 'string'],
  ['reason', 'string'],
  ['deliverySlot', 'string'],
  ['items', 'array<struct<productId:string,qty:int>>'],
];

/** No event is older than the first version. */
const FIRST_DATE = '2025-01-01';

interface EventTableProps {
  readonly deployment: string;
  readonly bucket: string;
}

/**
 * Describes the files of the event bucket to Athena. Partition projection derives the folders from the query, so that no
 * crawler runs. Dates and hours are those of the dairy, which may be ahead of UTC by a day.
 */
export class EventTable extends Construct {
  constructor(scope: Construct, id: string, { deployment, bucket }: EventTableProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    const location = `s3://${bucket}/events`;
    const databaseName = `${deployment.replaceAll('-', '_')}_analytics`;
    const database = new CfnDatabase(this, 'Database', {
      catalogId: account,
      databaseInput: { name: databaseName, description: 'Raw events of Milkround' },
    });
    const table = new CfnTable(this, 'Events', {
      catalogId: account,
      databaseName,
      tableInput: {
        name: 'events',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [
          { name: 'date', type: 'string' },
          { name: 'hour', type: 'string' },
        ],
        parameters: {
          'projection.enabled': 'true',
          'projection.date.type': 'date',
          'projection.date.format': 'yyyy-MM-dd',
          'projection.date.range': `${FIRST_DATE},NOW+1DAYS`,
          'projection.date.interval': '1',
          'projection.date.interval.unit': 'DAYS',
          'projection.hour.type': 'integer',
          'projection.hour.range': '0,23',
          'projection.hour.digits': '2',
          // Athena replaces the placeholders.
          'storage.location.template': `${location}/date=$\{date}/hour=$\{hour}/`,
          compressionType: 'gzip',
          classification: 'json',
        },
        storageDescriptor: {
          columns: COLUMNS.map(([name, type]) => ({ name: name.toLowerCase(), type: type.toLowerCase() })),
          location: `${location}/`,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
            // Columns have lower-case names, fields do not.
            parameters: { 'case.insensitive': 'TRUE', 'ignore.malformed.json': 'FALSE' },
          },
        },
      },
    });
    table.addResourceDependency(database);
  }
}
