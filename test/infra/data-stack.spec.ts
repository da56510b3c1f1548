import { declaredQueueNames } from '../../src/platform/queue/declare-queue';
import {
  type Deployment,
  expectResource,
  type Policy,
  propertiesOfType,
  resolveValue,
  resourcesOfType,
  synthesize,
  type TemplateValue,
} from './deployment';

interface Index {
  readonly IndexName?: string;
}

/** The properties that a CloudFormation table and a CreateTable request have in common. */
interface TableShape {
  readonly TableName?: string;
  readonly BillingMode?: string;
  readonly KeySchema?: unknown;
  readonly AttributeDefinitions?: { readonly AttributeName?: string }[];
  readonly GlobalSecondaryIndexes?: Index[];
  readonly LocalSecondaryIndexes?: Index[];
}

interface SynthesizedTable extends TableShape {
  readonly TimeToLiveSpecification?: object;
}

interface SynthesizedQueue {
  readonly QueueName: string;
  readonly MessageRetentionPeriod: number;
}

/** The definition of a table, with attributes and indexes sorted for comparison. */
function shapeOf(table: TableShape) {
  const indexes = (list: Index[] = []) => [...list].sort(byName(({ IndexName: name }) => name));
  return {
    name: table.TableName,
    billing: table.BillingMode,
    keys: table.KeySchema,
    attributes: [...(table.AttributeDefinitions ?? [])].sort(byName(({ AttributeName: name }) => name)),
    global: indexes(table.GlobalSecondaryIndexes),
    local: indexes(table.LocalSecondaryIndexes),
  };
}

function byName<T>(nameOf: (one: T) => string | undefined) {
  return (a: T, b: T): number => String(nameOf(a)).localeCompare(String(nameOf(b)));
}

interface GlueTable {
  readonly TableInput: { readonly Parameters: Record<string, TemplateValue> };
}

describe('the data stack', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await synthesize();
  });

  it('contains exactly the tables that the application declares, with the same definitions', () => {
    const tables = propertiesOfType<SynthesizedTable>(deployment.data, 'AWS::DynamoDB::Table');
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.map(shapeOf).sort(byName(({ name }) => name))).toEqual(
      deployment.tables.map(({ request }) => shapeOf(request)).sort(byName(({ name }) => name)),
    );
    const expiry = new Map(tables.map((table) => [table.TableName, table.TimeToLiveSpecification]));
    for (const { request, expiresBy } of deployment.tables) {
      const expected = expiresBy && { AttributeName: expiresBy, Enabled: true };
      expect([request.TableName, expiry.get(request.TableName)]).toEqual([request.TableName, expected]);
    }
  });

  it('encrypts tables, can restore them to any second, and keeps its data when it is deleted', () => {
    for (const table of propertiesOfType(deployment.data, 'AWS::DynamoDB::Table')) {
      expect(table).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        DeletionProtectionEnabled: true,
      });
    }
    const kept = ['DynamoDB::Table', 'SecretsManager::Secret', 'S3::Bucket', 'KMS::Key'];
    const policies = kept
      .flatMap((type) => resourcesOfType(deployment.data, `AWS::${type}`))
      .map(([, { DeletionPolicy: is }]) => is);
    expect(new Set(policies)).toEqual(new Set(['Retain']));
    expect(policies.length).toBe(deployment.tables.length + 8);
  });

  it('has a queue with a dead-letter queue for each queue that the application declares', () => {
    const queues = new Map(
      propertiesOfType<SynthesizedQueue>(deployment.data, 'AWS::SQS::Queue').map((queue) => [queue.QueueName, queue]),
    );
    const names = declaredQueueNames();
    expect([...names].sort()).toEqual([
      ...[
        'analytics',
        'generation',
        'invoices',
        'mail-returned',
        'notifications',
        'notifications-routine',
        'sms-status',
      ],
    ]);
    for (const name of names) {
      const [queue, deadLetterQueue] = [queues.get(`milkround-${name}`), queues.get(`milkround-${name}-dead`)];
      expect(queue).toMatchObject({
        RedrivePolicy: {
          maxReceiveCount: 5,
          deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(`${name.replaceAll('-', '')}dead`), 'Arn'] },
        },
        SqsManagedSseEnabled: true,
      });
      // A dead letter keeps the age of the original message, so it needs a longer retention.
      expect(deadLetterQueue?.MessageRetentionPeriod).toBeGreaterThan(queue?.MessageRetentionPeriod ?? Infinity);
    }
    const topics = resourcesOfType<{ TopicName: string }>(deployment.data, 'AWS::SNS::Topic');
    const notifications = topics.find(([, { Properties: topic }]) => topic.TopicName === 'milkround-notifications');
    expectResource(deployment.data, 'AWS::SNS::Subscription', {
      Protocol: 'sqs',
      RawMessageDelivery: true,
      TopicArn: { Ref: notifications?.[0] },
    });
  });

  it('denies unencrypted access to queues, topics and buckets', () => {
    const policies = [deployment.data, deployment.service].flatMap((template) =>
      ['SQS::QueuePolicy', 'SNS::TopicPolicy', 'S3::BucketPolicy'].flatMap((type) =>
        propertiesOfType<Policy>(template, `AWS::${type}`).map(
          ({ PolicyDocument: { Statement: statements } }) => statements,
        ),
      ),
    );
    expect(policies.length).toBe(14 + 3 + 4);
    for (const statements of policies) {
      expect(statements).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  it('blocks public access to the log bucket, and deletes logs after 90 days', () => {
    expectResource(deployment.data, 'AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
    });
  });

  it('encrypts the event bucket, keeps it private, and deletes events after three years', () => {
    const names = propertiesOfType<{ BucketName?: TemplateValue }>(deployment.data, 'AWS::S3::Bucket').map(
      ({ BucketName: name }) => name && resolveValue(name, deployment),
    );
    expect(names).toContain('milkround-events-111122223333-ap-south-1');
    expectResource(deployment.data, 'AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: {
        Rules: [
          {
            ExpirationInDays: 1_100,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            Status: 'Enabled',
          },
        ],
      },
    });
  });

  it('describes the files of events to Athena, in the folders that the worker writes to', () => {
    expectResource(deployment.data, 'AWS::Glue::Database', { DatabaseInput: { Name: 'milkround_analytics' } });
    expectResource(deployment.data, 'AWS::Glue::Table', {
      DatabaseName: 'milkround_analytics',
      TableInput: {
        PartitionKeys: [
          { Name: 'date', Type: 'string' },
          { Name: 'hour', Type: 'string' },
        ],
        Parameters: {
          'projection.enabled': 'true',
          'projection.date.range': '2025-01-01,NOW+1DAYS',
          'projection.hour.digits': '2',
        },
        StorageDescriptor: {
          SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
        },
      },
    });
    const [table] = propertiesOfType<GlueTable>(deployment.data, 'AWS::Glue::Table');
    const folder = table?.TableInput.Parameters['storage.location.template'] ?? '';
    expect(resolveValue(folder, deployment)).toBe(
      's3://milkround-events-111122223333-ap-south-1/events/date=${date}/hour=${hour}/',
    );
  });

  it('sends mail with a configuration set that reports bounces, complaints and rejects', () => {
    const [[id] = ['none']] = resourcesOfType(deployment.data, 'AWS::SES::ConfigurationSet');
    const configurationSet = { ConfigurationSetName: { Ref: id } };
    expectResource(deployment.data, 'AWS::SES::EmailIdentity', {
      EmailIdentity: 'dairy.example',
      ConfigurationSetAttributes: configurationSet,
    });
    expectResource(deployment.data, 'AWS::SES::ConfigurationSetEventDestination', {
      ...configurationSet,
      EventDestination: { Enabled: true, MatchingEventTypes: ['bounce', 'complaint', 'reject'] },
    });
    expectResource(deployment.data, 'AWS::SES::ConfigurationSet', {
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });
});
