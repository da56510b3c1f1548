import {
  type Container,
  type Deployment,
  expectResource,
  listOf,
  onlyResource,
  type Policy,
  propertiesOfType,
  resolveValue,
  resourcesOfType,
  type Statement,
  synthesize,
  type TemplateValue,
} from './deployment';

const PREFIX = 'arn:aws:sms-voice:ap-south-1:111122223333:';

describe('a deployment that sends SMS through End User Messaging', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await synthesize({ smsProvider: 'end-user-messaging', smsSenderId: 'DAIRY' });
  });
  const statementsOf = (type: string, template = deployment.data): Statement[] =>
    propertiesOfType<Policy>(template, type).flatMap(({ PolicyDocument: { Statement: statements } }) => statements);

  it('has a configuration set whose reports reach the queue', () => {
    const topics = resourcesOfType<{ TopicName: string }>(deployment.data, 'AWS::SNS::Topic');
    const [topicId = ''] = topics.find(([, { Properties }]) => Properties.TopicName === 'milkround-sms-status') ?? [];
    expect(onlyResource(deployment.data, 'AWS::SMSVOICE::ConfigurationSet').Properties).toMatchObject({
      ConfigurationSetName: 'milkround-sms',
      EventDestinations: [
        { Enabled: true, MatchingEventTypes: ['TEXT_ALL'], SnsDestination: { TopicArn: { Ref: topicId } } },
      ],
    });
    expectResource(deployment.data, 'AWS::SNS::Subscription', {
      Protocol: 'sqs',
      RawMessageDelivery: true,
      TopicArn: { Ref: topicId },
    });
    expect(statementsOf('AWS::SNS::TopicPolicy')).toContainEqual(
      expect.objectContaining({
        Action: 'sns:Publish',
        Effect: 'Allow',
        Principal: { Service: 'sms-voice.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: { 'aws:SourceArn': expect.anything() as unknown },
        },
        Resource: { Ref: topicId },
      }),
    );
    const [sourceArn] = statementsOf('AWS::SNS::TopicPolicy').flatMap(({ Condition: condition }) =>
      Object.values((condition?.ArnLike ?? {}) as Record<string, TemplateValue>).map((arn) =>
        resolveValue(arn, deployment),
      ),
    );
    expect(sourceArn).toBe(`${PREFIX}configuration-set/milkround-sms`);
    const key = onlyResource<{ KeyPolicy: { Statement: object[] } }>(deployment.data, 'AWS::KMS::Key').Properties;
    expect(key.KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({
        ...{ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Effect: 'Allow' },
        Principal: { Service: 'sms-voice.amazonaws.com' },
      }),
    );
  });

  it('tells the tasks to use it', () => {
    const [task] = propertiesOfType<{ ContainerDefinitions: Container[] }>(
      deployment.service,
      'AWS::ECS::TaskDefinition',
    );
    expect(task?.ContainerDefinitions[0]?.Environment).toEqual(
      expect.arrayContaining([
        { Name: 'SMS_PROVIDER', Value: 'end-user-messaging' },
        { Name: 'SMS_SENDER_ID', Value: 'DAIRY' },
        { Name: 'SMS_CONFIGURATION_SET', Value: 'milkround-sms' },
      ]),
    );
  });

  it('lets only the worker send, with one sender, and no SMS through SNS', () => {
    const statements = ['Policy', 'ManagedPolicy'].flatMap((type) =>
      statementsOf(`AWS::IAM::${type}`, deployment.service),
    );
    const sending = statements.filter(({ Action: action }) => listOf(action).includes('sms-voice:SendTextMessage'));
    expect(sending.map(({ Resource: arns }) => listOf(arns).map((arn) => resolveValue(arn, deployment)))).toEqual([
      [`${PREFIX}configuration-set/milkround-sms`, `${PREFIX}sender-id/DAIRY/IN`],
    ]);
    expect(statements.filter((statement) => statement.NotResource)).toEqual([]);
  });

  it.each([
    ['pool-1a2b', 'pool/pool-1a2b'],
    ['phone-1a2b', 'phone-number/phone-1a2b'],
  ])('may use %s as the sender', async (smsSenderId, resource) => {
    const other = await synthesize({ smsProvider: 'end-user-messaging', smsSenderId });
    const policies = propertiesOfType<Policy>(other.service, 'AWS::IAM::ManagedPolicy');
    const arns = policies.flatMap(({ PolicyDocument: { Statement: statements } }) =>
      statements.flatMap(({ Resource: arn }) => listOf(arn).map((one) => resolveValue(one, other))),
    );
    expect(arns).toContain(`${PREFIX}${resource}`);
  });

  it('watches the spend on SMS at End User Messaging', () => {
    expect(propertiesOfType(deployment.service, 'AWS::CloudWatch::Alarm')).toContainEqual(
      expect.objectContaining({
        AlarmName: 'milkround-sms-spend',
        Metrics: [
          expect.objectContaining({
            MetricStat: expect.objectContaining({
              Metric: { Namespace: 'AWS/SMSVoice', MetricName: 'TextMessageMonthlySpend' },
            }),
          }),
        ],
      }),
    );
  });

  it('watches the share of reported SMS that did not arrive', () => {
    const alarms = propertiesOfType<{ AlarmName: string; Metrics?: object[] }>(
      deployment.service,
      'AWS::CloudWatch::Alarm',
    );
    const metrics = alarms.find(({ AlarmName: name }) => name === 'milkround-sms-fail')?.Metrics;
    const sumOf = (MetricName: string) => ({
      Metric: expect.objectContaining({ MetricName }) as unknown,
      ...{ Period: 10_800, Stat: 'Sum' },
    });
    expect(metrics).toMatchObject([
      { Expression: 'IF(failed >= 10, 100 * failed / reported, 0)' },
      { Id: 'failed', MetricStat: sumOf('SmsFailed') },
      { Id: 'reported', MetricStat: sumOf('SmsReported') },
    ]);
  });

  it('has no findings of cdk-nag', () => {
    expect(deployment.findings).toEqual([]);
  });
});

it('a deployment that sends SMS through SNS has no configuration set', async () => {
  const deployment = await synthesize();
  expect(resourcesOfType(deployment.data, 'AWS::SMSVOICE::ConfigurationSet')).toEqual([]);
});
