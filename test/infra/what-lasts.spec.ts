import type { CreateTableCommandInput, GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import { type Dairy, deployed, everything, type Resource, resources } from './dairy';

const byName = (name: string) => (a: Record<string, any>, b: Record<string, any>) =>
  String(a[name]).localeCompare(String(b[name]));

/** What makes a table what it is, in an order of its own. */
function shapeOf(table: CreateTableCommandInput | Record<string, any>) {
  const indexes = (list: GlobalSecondaryIndex[] = []) => [...list].sort(byName('IndexName'));
  return {
    name: table.TableName,
    billing: table.BillingMode,
    keys: table.KeySchema,
    attributes: [...(table.AttributeDefinitions ?? [])].sort(byName('AttributeName')),
    global: indexes(table.GlobalSecondaryIndexes),
    local: indexes(table.LocalSecondaryIndexes),
  };
}

describe('what lasts', () => {
  let dairy: Dairy;
  beforeAll(async () => {
    dairy = await deployed();
  });
  const all = (type: string) => resources(dairy.data, type).map(({ Properties }) => Properties);

  it('holds every table that the program declares, as it declares it, and no other', () => {
    const made = all('AWS::DynamoDB::Table');
    expect(made.length).toBeGreaterThan(20);
    expect(made.map(shapeOf).sort(byName('name'))).toEqual(
      dairy.tables.map(({ request }) => shapeOf(request)).sort(byName('name')),
    );
    const expiring = (name: string) => dairy.tables.find(({ request }) => request.TableName === name)?.expiresBy;
    for (const { TableName: name, TimeToLiveSpecification: expiry } of made) {
      const attribute = expiring(name as string);
      expect([name, expiry]).toEqual([name, attribute && { AttributeName: attribute, Enabled: true }]);
    }
  });

  it('can be brought back to any second, is encrypted, and outlives its stack', () => {
    for (const { Properties, DeletionPolicy } of resources(dairy.data, 'AWS::DynamoDB::Table')) {
      expect(Properties).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        DeletionProtectionEnabled: true,
      });
      expect(DeletionPolicy).toBe('Retain');
    }
    const keeps = ['AWS::SecretsManager::Secret', 'AWS::S3::Bucket', 'AWS::KMS::Key'];
    const lasting = everything(dairy).filter(([, { Type }]) => keeps.includes(Type));
    expect(lasting.filter(([, { DeletionPolicy }]) => DeletionPolicy !== 'Retain')).toEqual([]);
  });

  it('has the queues that the program works on, each with a place for what fails five times', () => {
    const queues = new Map(all('AWS::SQS::Queue').map((queue) => [queue.QueueName as string, queue]));
    for (const name of ['analytics', 'generation', 'notifications']) {
      expect(queues.get(`milkround-${name}`)).toMatchObject({
        RedrivePolicy: {
          maxReceiveCount: 5,
          deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringContaining(name), 'Arn'] },
        },
        SqsManagedSseEnabled: true,
      });
      // What has died keeps its age: it must be kept for longer than what still lives.
      const [alive, dead] = [queues.get(`milkround-${name}`), queues.get(`milkround-${name}-dead`)];
      expect(dead?.MessageRetentionPeriod).toBeGreaterThan(alive?.MessageRetentionPeriod as number);
    }
    dairy.data.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'sqs',
      RawMessageDelivery: true,
      TopicArn: { Ref: dairyTopic('milkround-notifications') },
    });
  });

  it('talks to nobody in the clear', () => {
    const refusing = ({ Properties }: Resource) =>
      Properties.PolicyDocument.Statement.some(
        ({ Effect, Condition }: any) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
      ) as boolean;
    const counts: Record<string, number> = {};
    for (const [, resource] of everything(dairy)) {
      const policy = /^AWS::(SQS::QueuePolicy|SNS::TopicPolicy|S3::BucketPolicy)$/.exec(resource.Type)?.[1];
      if (policy === undefined) continue;
      expect([policy, refusing(resource)]).toEqual([policy, true]);
      counts[policy] = (counts[policy] ?? 0) + 1;
    }
    expect(counts).toEqual({ 'SQS::QueuePolicy': 7, 'SNS::TopicPolicy': 3, 'S3::BucketPolicy': 1 });
  });

  it('lets nobody from outside into its bucket, and empties it in time', () => {
    dairy.data.hasResourceProperties('AWS::S3::Bucket', {
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
    dairy.data.hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: 'dairy.example',
      ConfigurationSetAttributes: {},
    });
    dairy.data.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: { Enabled: true, MatchingEventTypes: ['bounce', 'complaint', 'reject'] },
    });
    dairy.data.hasResourceProperties('AWS::SES::ConfigurationSet', {
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });

  function dairyTopic(name: string): string {
    const topics = dairy.data.findResources('AWS::SNS::Topic', { Properties: { TopicName: name } });
    return Object.keys(topics)[0] ?? '';
  }
});
