import { declaredQueueNames } from '../../src/platform/queue/declare-queue';
import {
  type Deployment,
  expectResource,
  type Policy,
  propertiesOfType,
  resourcesOfType,
  synthesize,
} from './deployment';

interface Index {
  readonly IndexName?: string;
}

/** A table as CloudFormation writes it, and as the program asks DynamoDB for it: both call things alike. */
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

/** What makes a table what it is, in an order of its own. */
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

describe('what lasts', () => {
  let dairy: Deployment;
  beforeAll(async () => {
    dairy = await synthesize();
  });

  it('holds every table that the program declares, as it declares it, and no other', () => {
    const made = propertiesOfType<SynthesizedTable>(dairy.data, 'AWS::DynamoDB::Table');
    expect(made.length).toBeGreaterThan(20);
    expect(made.map(shapeOf).sort(byName(({ name }) => name))).toEqual(
      dairy.tables.map(({ request }) => shapeOf(request)).sort(byName(({ name }) => name)),
    );
    const expiry = new Map(made.map((table) => [table.TableName, table.TimeToLiveSpecification]));
    for (const { request, expiresBy } of dairy.tables) {
      const wanted = expiresBy && { AttributeName: expiresBy, Enabled: true };
      expect([request.TableName, expiry.get(request.TableName)]).toEqual([request.TableName, wanted]);
    }
  });

  it('can be brought back to any second, is encrypted, and outlives its stack', () => {
    for (const table of propertiesOfType(dairy.data, 'AWS::DynamoDB::Table')) {
      expect(table).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        DeletionProtectionEnabled: true,
      });
    }
    const kept = ['DynamoDB::Table', 'SecretsManager::Secret', 'S3::Bucket', 'KMS::Key'];
    const policies = kept
      .flatMap((type) => resourcesOfType(dairy.data, `AWS::${type}`))
      .map(([, { DeletionPolicy: is }]) => is);
    expect(new Set(policies)).toEqual(new Set(['Retain']));
    expect(policies.length).toBe(dairy.tables.length + 5);
  });

  it('has the queues that the program works on, each with a place for what fails five times', () => {
    const queues = new Map(
      propertiesOfType<SynthesizedQueue>(dairy.data, 'AWS::SQS::Queue').map((queue) => [queue.QueueName, queue]),
    );
    const names = declaredQueueNames();
    expect([...names].sort()).toEqual(['analytics', 'generation', 'notifications']);
    for (const name of names) {
      const [alive, dead] = [queues.get(`milkround-${name}`), queues.get(`milkround-${name}-dead`)];
      expect(alive).toMatchObject({
        RedrivePolicy: {
          maxReceiveCount: 5,
          deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(`${name}dead`), 'Arn'] },
        },
        SqsManagedSseEnabled: true,
      });
      // What has died keeps its age: it must be kept for longer than what still lives.
      expect(dead?.MessageRetentionPeriod).toBeGreaterThan(alive?.MessageRetentionPeriod ?? Infinity);
    }
    const topics = resourcesOfType<{ TopicName: string }>(dairy.data, 'AWS::SNS::Topic');
    const notifications = topics.find(([, { Properties: topic }]) => topic.TopicName === 'milkround-notifications');
    expectResource(dairy.data, 'AWS::SNS::Subscription', {
      Protocol: 'sqs',
      RawMessageDelivery: true,
      TopicArn: { Ref: notifications?.[0] },
    });
  });

  it('talks to nobody in the clear', () => {
    const policies = [dairy.data, dairy.service].flatMap((template) =>
      ['SQS::QueuePolicy', 'SNS::TopicPolicy', 'S3::BucketPolicy'].flatMap((type) =>
        propertiesOfType<Policy>(template, `AWS::${type}`).map(
          ({ PolicyDocument: { Statement: statements } }) => statements,
        ),
      ),
    );
    expect(policies.length).toBe(7 + 3 + 1);
    for (const statements of policies) {
      expect(statements).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  it('lets nobody from outside into its bucket, and empties it in time', () => {
    expectResource(dairy.data, 'AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
    });
  });

  it('sends mail under a configuration set that hears of what comes back', () => {
    const [[mails] = ['none']] = resourcesOfType(dairy.data, 'AWS::SES::ConfigurationSet');
    const underIt = { ConfigurationSetName: { Ref: mails } };
    expectResource(dairy.data, 'AWS::SES::EmailIdentity', {
      EmailIdentity: 'dairy.example',
      ConfigurationSetAttributes: underIt,
    });
    expectResource(dairy.data, 'AWS::SES::ConfigurationSetEventDestination', {
      ...underIt,
      EventDestination: { Enabled: true, MatchingEventTypes: ['bounce', 'complaint', 'reject'] },
    });
    expectResource(dairy.data, 'AWS::SES::ConfigurationSet', {
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });
});
