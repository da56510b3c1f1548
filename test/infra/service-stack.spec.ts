import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DRAIN_SECONDS } from '../../infra/aws/environment';
import { adminPassword } from '../../src/cli/create-admin';
import { ANALYTICS_QUEUE } from '../../src/modules/analytics/analytics.settings';
import { GENERATION_QUEUE } from '../../src/modules/generation/generation.settings';
import { NOTIFICATION_QUEUE, NOTIFICATION_SETTINGS } from '../../src/modules/notification/notification.settings';
import { PAYMENT_SETTINGS } from '../../src/modules/payment/payment.settings';
import { PLATFORM_SETTINGS } from '../../src/platform/config/platform.settings';
import { Configuration } from '../../src/platform/config/configuration';
import type { Environment } from '../../src/platform/config/env-reader';
import { declaredMetrics } from '../../src/platform/telemetry/metrics';
import {
  type Container,
  type Deployment,
  expectResource,
  listOf,
  type Policy,
  propertiesOfType,
  resolveValue,
  resourcesOfType,
  type Statement,
  synthesize,
  type TemplateValue,
} from './deployment';

const ROOT = join(__dirname, '../..');
const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !/^cli\/|\/provision\.ts$/.test(file))
  .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'));

/** Every first group that a pattern finds in the program. */
function matchesInSource(pattern: RegExp): Set<string> {
  return new Set(SOURCES.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found)));
}

/** What IAM calls the commands that the program sends; of a transaction, it asks for each write in it. */
const IAM_ACTIONS: Readonly<Record<string, string[]>> = {
  Get: ['dynamodb:GetItem'],
  BatchGet: ['dynamodb:BatchGetItem'],
  Query: ['dynamodb:Query'],
  Scan: ['dynamodb:Scan'],
  Put: ['dynamodb:PutItem'],
  Update: ['dynamodb:UpdateItem'],
  Delete: ['dynamodb:DeleteItem'],
  BatchWrite: ['dynamodb:BatchWriteItem'],
  TransactWrite: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  SendMessageBatch: ['sqs:SendMessage'],
  ChangeMessageVisibility: ['sqs:ChangeMessageVisibility'],
  GetQueueAttributes: ['sqs:GetQueueAttributes'],
  GetTopicAttributes: ['sns:GetTopicAttributes'],
  DescribeTable: ['dynamodb:DescribeTable'],
  Publish: ['sns:Publish'],
  PublishBatch: ['sns:Publish'],
  SendEmail: ['ses:SendEmail'],
};
/** By sqs-consumer, and by SNS with the key of a topic. */
const LIBRARY_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'kms:Decrypt', 'kms:GenerateDataKey'];

const SMALL_DEPLOYMENT = {
  context: {},
  secrets: ['JWT_SECRET', 'SANDBOX_WEBHOOK_SECRET'],
  publicUrl: 'arn:aws:of:GatewayApi4EDF2151:ApiEndpoint',
  stripe: undefined,
  hidden: false,
  natGateways: 1,
  endpoints: 0,
  tasks: [
    [2, 6],
    [1, 4],
  ],
  logDays: 30,
  pools: 0,
  auth: [],
  zones: undefined,
  ports: [443],
};
const LARGE_DEPLOYMENT = {
  context: {
    size: 'large',
    payments: 'arn:aws:secretsmanager:ap-south-1:111122223333:secret:milkround/stripe-AbCdEf',
    signIn: 'cognito',
    domain: 'api.dairy.example',
    certificate: 'arn:aws:acm:ap-south-1:111122223333:certificate/abc',
    webOrigins: 'https://dairy.example',
    passwordResetUrl: 'https://dairy.example/reset',
    zones: 'us-east-1a,us-east-1b,us-east-1d',
    otlpEndpoint: 'https://collector.dairy.example:4318',
  },
  secrets: ['JWT_SECRET', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  publicUrl: 'https://api.dairy.example',
  stripe: { secretKey: 'sk_live_of_nobody', webhookSecret: 'whsec_of_nobody' },
  hidden: true,
  natGateways: 3,
  endpoints: 2,
  tasks: [
    [3, 30],
    [2, 12],
  ],
  logDays: 90,
  pools: 1,
  auth: ['AUTH_ISSUER', 'AUTH_AUDIENCE'],
  zones: ['us-east-1a', 'us-east-1b', 'us-east-1d'],
  ports: [443, 4318],
};

describe.each([
  ['small', SMALL_DEPLOYMENT],
  ['large, with Stripe, Cognito and a domain of its own', LARGE_DEPLOYMENT],
])('what runs, %s', (_, wanted) => {
  let dairy: Deployment;
  /** The one container of each task, by what the task does. */
  let containers: Map<string, Container>;
  let policies: [string, Statement[]][];
  beforeAll(async () => {
    dairy = await synthesize(wanted.context);
    containers = new Map(
      propertiesOfType<{ ContainerDefinitions: [Container] }>(dairy.service, 'AWS::ECS::TaskDefinition').map(
        ({ ContainerDefinitions: [container] }) => [rolesOf(container), container],
      ),
    );
    policies = [dairy.data, dairy.service]
      .flatMap((template) => resourcesOfType<Policy>(template, 'AWS::IAM::Policy'))
      .map(([id, { Properties }]) => [id.replace(/[A-F0-9]{8}$/, ''), Properties.PolicyDocument.Statement]);
  });
  const actionsOf = (policy: RegExp) =>
    new Set(
      policies
        .filter(([name]) => policy.test(name))
        .flatMap(([, statements]) => statements.flatMap(({ Action: actions }) => actions)),
    );

  it('is as cdk-nag wants it, or says why not', () => {
    expect(dairy.findings).toEqual([]);
  });

  it('is told all that the program needs in production, and nothing that it does not read', () => {
    expect([...containers.keys()].sort()).toEqual(['api', 'command', 'worker,scheduler']);
    for (const container of containers.values()) {
      const { config, unread } = readTaskConfig(container, dairy);
      expect(unread).toEqual([]);
      expect(config).toMatchObject({
        production: true,
        tablePrefix: 'milkround-',
        mailFrom: 'Milkround <milk@dairy.example>',
        trustedProxies: ['10.40.0.0/16'],
        clientAddressHeader: 'x-client-address',
        drainSeconds: DRAIN_SECONDS,
        publicUrl: wanted.publicUrl,
        stripe: wanted.stripe,
        metricsNamespace: 'Milkround/milkround',
        analyticsQueueUrl: expect.stringMatching(/analytics/),
        generationQueueUrl: expect.stringMatching(/generation/),
        notificationQueueUrl: expect.stringMatching(/notifications/),
        notificationTopicArn: expect.stringMatching(/NotificationTopic/),
        endpoints: { dynamodb: undefined, sqs: undefined, sns: undefined, ses: undefined, sms: undefined },
      });
      const variables = container.Environment.map(({ Name: name }) => name);
      expect(variables.filter((name) => name.startsWith('AUTH_'))).toEqual(wanted.auth);
    }
    dairy.data.resourceCountIs('AWS::Cognito::UserPool', wanted.pools);
    dairy.data.resourceCountIs('AWS::Cognito::UserPoolGroup', 2 * wanted.pools);
  });

  it('gets its secrets from where secrets are', () => {
    for (const [does, { Environment: variables, Secrets: secrets }] of containers) {
      expect(variables.filter(({ Name: name }) => /SECRET|PASSWORD$/.test(name))).toEqual([]);
      const ofCommands = does === 'command' ? ['ADMIN_PASSWORD'] : [];
      expect(secrets.map(({ Name: name }) => name).sort()).toEqual([...ofCommands, ...wanted.secrets].sort());
    }
  });

  it('can write nothing where it runs, is nobody, and has time to end', () => {
    for (const container of containers.values()) {
      expect(container).toMatchObject({
        ReadonlyRootFilesystem: true,
        User: '1000:1000',
        LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
      });
      // It still serves, then finishes the longest request, then the longest message.
      expect(container.StopTimeout).toBeGreaterThanOrEqual(DRAIN_SECONDS + 20 + 25);
    }
    dairy.service.allResourcesProperties('AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
    });
    dairy.service.allResourcesProperties('AWS::ECS::Service', {
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    });
  });

  it('may do what it does and nothing else, on nothing but what it does it to', () => {
    const wide = policies.flatMap(([name, statements]) =>
      statements.flatMap((statement) => wildcardGrants(statement, dairy).map((what) => `${name}: ${what}`)),
    );
    // Neither has a resource at AWS: a token for the registry, and a telephone.
    expect(wide.sort()).toEqual([
      'ApiExecutionRoleDefaultPolicy: ecr:GetAuthorizationToken on *',
      'CommandTaskExecutionRoleDefaultPolicy: ecr:GetAuthorizationToken on *',
      'WorkerExecutionRoleDefaultPolicy: ecr:GetAuthorizationToken on *',
      'WorkerTaskRoleProgram: sns:Publish on all but arn:aws:sns:*:*:*',
    ]);
    const roles = propertiesOfType(dairy.service, 'AWS::IAM::Role');
    expect(roles.filter((role) => 'ManagedPolicyArns' in role || 'Policies' in role)).toEqual([]);

    const sent = [...matchesInSource(/new (\w+)Command\(/g)];
    expect(sent.filter((command) => !(command in IAM_ACTIONS))).toEqual([]);
    const done = new Set([...sent.flatMap((command) => IAM_ACTIONS[command] ?? []), ...LIBRARY_ACTIONS]);
    expect([...actionsOf(/TaskRoleProgram/)].sort()).toEqual([...done].sort());
    // Only workers take messages, write mails and call telephones.
    const ofApi = [...actionsOf(/^Api.*TaskRole/)];
    expect(ofApi).toContain('sqs:SendMessage');
    expect(ofApi.filter((action) => /Receive|DeleteMessage|ses:/.test(action))).toEqual([]);
  });

  it('reaches every table and every index by name, and fits into a role', () => {
    const tables = dairy.tables.map(({ request }) => `table/${request.TableName}`);
    const indexes = dairy.tables.flatMap(({ request }) =>
      [...(request.GlobalSecondaryIndexes ?? []), ...(request.LocalSecondaryIndexes ?? [])].map(
        ({ IndexName: index }) => `table/${request.TableName}/index/${index}`,
      ),
    );
    const ofTasks = policies.filter(([name]) => name.endsWith('TaskRoleProgram'));
    expect(ofTasks.length).toBe(3);
    for (const [, statements] of ofTasks) {
      const written = statements.map((statement) => ({
        ...statement,
        Resource: listOf(statement.Resource).map((arn) => resolveValue(arn, dairy)),
      }));
      const reached = (sid: string) =>
        written.find(({ Sid: its }) => its === sid)?.Resource.map((arn) => arn.split(':').at(-1));
      expect(reached('Items')?.sort()).toEqual(tables.sort());
      expect(reached('Indexes')?.sort()).toEqual(indexes.sort());
      expect(JSON.stringify(written).length).toBeLessThan(10_240);
    }
  });

  it('is reached through the gateway alone, which says who asks and waits no longer than it may', () => {
    expectResource(dairy.service, 'AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: wanted.hidden });
    expectResource(dairy.service, 'AWS::ApiGatewayV2::Route', { RouteKey: '$default' });
    expectResource(dairy.service, 'AWS::ApiGatewayV2::Integration', {
      ConnectionType: 'VPC_LINK',
      RequestParameters: { 'overwrite:header.x-client-address': '$context.identity.sourceIp' },
      TimeoutInMillis: 29_000,
    });
    expectResource(dairy.service, 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
    expectResource(dairy.service, 'AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/health/live' });
    dairy.service.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    const groups = ['', 'Ingress'].flatMap((kind) =>
      propertiesOfType<{ CidrIp?: string; SecurityGroupIngress?: object }>(
        dairy.service,
        `AWS::EC2::SecurityGroup${kind}`,
      ),
    );
    expect(groups.filter((door) => door.CidrIp ?? door.SecurityGroupIngress)).toEqual([]);
  });

  it('starts its services once their tasks may read their image and can reach it', () => {
    const routes = resourcesOfType<{ NatGatewayId?: object }>(dairy.service, 'AWS::EC2::Route').flatMap(
      ([id, { Properties }]) => (Properties.NatGatewayId ? [id] : []),
    );
    expect(routes.length).toBeGreaterThan(0);
    const services = resourcesOfType(dairy.service, 'AWS::ECS::Service');
    expect(services.length).toBe(2);
    for (const [id, { DependsOn: before = [] }] of services) {
      const policy = new RegExp(`^${id.replace(/Service[A-F0-9]*$/, '')}\\w*ExecutionRoleDefaultPolicy`);
      expect(before).toEqual(expect.arrayContaining([...routes, expect.stringMatching(policy)]));
    }
  });

  it('deploys the worker before the api, so that a new kind of message finds a worker that knows it', () => {
    const services = resourcesOfType(dairy.service, 'AWS::ECS::Service');
    const [api, worker] = ['Api', 'Worker'].map((name) => services.find(([id]) => id.startsWith(name)));
    expect(api?.[1].DependsOn).toContain(worker?.[0]);
    expect(worker?.[1].DependsOn).not.toContain(api?.[0]);
  });

  it('lies in the zones, and lets its tasks out by the ports, that were said', () => {
    const zones = propertiesOfType<{ AvailabilityZone: TemplateValue }>(dairy.service, 'AWS::EC2::Subnet').map(
      (one) => one.AvailabilityZone,
    );
    const lies = [...new Set(zones)].sort();
    expect(lies).toEqual(wanted.zones ?? lies);
    const groups = propertiesOfType<{ SecurityGroupEgress?: { CidrIp: string; FromPort: number }[] }>(
      dairy.service,
      'AWS::EC2::SecurityGroup',
    );
    const out = groups.flatMap(({ SecurityGroupEgress: rules = [] }) =>
      rules.filter((rule) => rule.CidrIp === '0.0.0.0/0'),
    );
    expect(out.map(({ FromPort: port }) => port)).toEqual(wanted.ports);
  });

  it('ends no worker that still holds messages', () => {
    const scaling = propertiesOfType<{ Metrics?: { MetricStat?: { Metric: { MetricName: string } } }[] }>(
      dairy.service,
      'AWS::CloudWatch::Alarm',
    ).map(({ Metrics: metrics = [] }) => metrics.map((one) => one.MetricStat?.Metric.MetricName));
    const taken = scaling.filter((names) => names.includes('ApproximateNumberOfMessagesVisible'));
    expect(taken.length).toBe(2);
    for (const names of taken) expect(names).toContain('ApproximateNumberOfMessagesNotVisible');
  });

  it('is as large as was said', () => {
    const endpoint = 'AWS::EC2::VPCEndpoint';
    dairy.service.resourceCountIs('AWS::EC2::NatGateway', wanted.natGateways);
    dairy.service.resourcePropertiesCountIs(endpoint, { VpcEndpointType: 'Gateway' }, 2);
    dairy.service.resourcePropertiesCountIs(endpoint, { VpcEndpointType: 'Interface' }, wanted.endpoints);
    dairy.service.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: wanted.logDays });
    const scaling = 'AWS::ApplicationAutoScaling::ScalableTarget';
    const limits = propertiesOfType<{ MinCapacity: number; MaxCapacity: number }>(dairy.service, scaling);
    expect(limits.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity])).toEqual(wanted.tasks);
  });

  it('tells a person what is wrong, with a chapter of the runbook for each alarm', () => {
    const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
    const chapters = [...runbook.matchAll(/^### (\S+)$/gm)].map(([, chapter]) => chapter);
    const alarms = propertiesOfType<{ AlarmDescription?: string }>(dairy.service, 'AWS::CloudWatch::Alarm').filter(
      // Others are of the scaling.
      (alarm) => alarm.AlarmDescription?.includes('runbook'),
    );
    const meant = new Set(alarms.map((alarm) => alarm.AlarmDescription?.split('#').at(-1)));
    expect([...meant].sort()).toEqual([...chapters].sort());
    expect(alarms.filter((alarm) => !('AlarmActions' in alarm && 'OKActions' in alarm))).toEqual([]);
  });

  it('shows every figure that the program tells, under the name that it has there', () => {
    expect([...dashboardMetrics(dairy)].sort()).toEqual([...programMetrics(), ...FILTERED_METRICS].sort());
  });

  it('watches only metrics that are declared', () => {
    const alarms = propertiesOfType<{ Namespace?: string; MetricName?: string }>(
      dairy.service,
      'AWS::CloudWatch::Alarm',
    ).filter(({ Namespace: namespace }) => namespace === 'Milkround/milkround');
    expect(alarms.length).toBeGreaterThan(5);
    const known = [...programMetrics(), ...FILTERED_METRICS];
    expect(alarms.map(({ MetricName: name }) => name).filter((name = '') => !known.includes(name))).toEqual([]);
  });
});

/** The metrics that the log filters of the stack make. */
const FILTERED_METRICS = ['AnswerTime', 'TasksEnded'];

/** The metrics that the program declares; loading the stacks has loaded all its modules. */
function programMetrics(): string[] {
  return declaredMetrics().map(({ name }) => name);
}

function rolesOf({ Environment: variables }: Container): string {
  const roles = variables.find(({ Name: name }) => name === 'APP_ROLES')?.Value;
  return typeof roles === 'string' ? roles : 'command';
}

/** The figures of the program that the dashboard shows. */
function dashboardMetrics({ service }: Deployment): Set<string> {
  const [board] = propertiesOfType<{ DashboardBody: { 'Fn::Join': [string, unknown[]] } }>(
    service,
    'AWS::CloudWatch::Dashboard',
  );
  const text = board?.DashboardBody['Fn::Join'][1].filter((part) => typeof part === 'string').join('') ?? '';
  return new Set([...text.matchAll(/"Milkround\/milkround","(\w+)"/g)].map(([, name = '']) => name));
}

/** Reads the program's configuration from what a task is told, and notes what was not asked for. */
function readTaskConfig(container: Container, dairy: Deployment): { config: object; unread: string[] } {
  const stripe: Record<string, string> = {
    STRIPE_SECRET_KEY: 'sk_live_of_nobody',
    STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody',
  };
  const variables: Record<string, string> = {};
  for (const { Name: name, Value: value } of container.Environment) variables[name] = resolveValue(value, dairy);
  for (const { Name: name } of container.Secrets) variables[name] = stripe[name] ?? 'x'.repeat(64);
  const read = new Set<string>();
  const environment: Environment = new Proxy(variables, {
    get(target, name: string) {
      read.add(name);
      return target[name];
    },
  });
  const configuration = Configuration.read(environment);
  adminPassword(environment);
  const notifications = configuration.get(NOTIFICATION_QUEUE);
  const config = {
    ...configuration.get(PLATFORM_SETTINGS),
    ...configuration.get(PAYMENT_SETTINGS),
    ...configuration.get(NOTIFICATION_SETTINGS),
    analyticsQueueUrl: configuration.get(ANALYTICS_QUEUE).url,
    generationQueueUrl: configuration.get(GENERATION_QUEUE).url,
    notificationQueueUrl: notifications.url,
    notificationTopicArn: notifications.topicArn,
  };
  return { config, unread: Object.keys(variables).filter((name) => !read.has(name)) };
}

/** What a statement allows by a pattern: on everything like it, or on everything but it. */
function wildcardGrants(
  { Effect, Action: actions, Resource: on, NotResource: notOn }: Statement,
  dairy: Deployment,
): string[] {
  if (Effect !== 'Allow') return [];
  const patterns = listOf(on)
    .map((one) => resolveValue(one, dairy))
    .filter((one) => one.includes('*'));
  const rest = listOf(notOn).map((one) => `all but ${resolveValue(one, dairy)}`);
  return [
    ...listOf(actions).filter((action) => action.includes('*')),
    ...[...patterns, ...rest].map((one) => `${listOf(actions).join()} on ${one}`),
  ];
}
