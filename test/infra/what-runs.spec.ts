import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DRAIN_SECONDS } from '../../infra/aws/environment';
import { adminPassword, type Config, type Environment, readConfig } from '../../src/platform/config';
import { type Dairy, deployed, everything, resolved, resources, STRIPE } from './dairy';

const ROOT = join(__dirname, '../..');
const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !/^cli\/|\/provision\.ts$/.test(file))
  .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'));

/** What IAM calls the commands that the program sends; of a transaction, it asks for each write in it. */
const ACTIONS: Record<string, string[]> = {
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
  // Only asked for by what waits for a test, which production does not serve.
  GetQueueAttributes: [],
  Publish: ['sns:Publish'],
  PublishBatch: ['sns:Publish'],
  SendEmail: ['ses:SendEmail'],
};
/** By sqs-consumer, and by SNS with the key of a topic. */
const ACTIONS_OF_LIBRARIES = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'kms:Decrypt', 'kms:GenerateDataKey'];

interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  NotResource?: unknown;
}

const listOf = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

describe.each<[string, Record<string, string>]>([
  ['small', {}],
  [
    'large, with Stripe, Cognito and a domain of its own',
    {
      size: 'large',
      payments: STRIPE,
      signIn: 'cognito',
      domain: 'api.dairy.example',
      certificate: 'arn:aws:acm:ap-south-1:111122223333:certificate/abc',
      webOrigins: 'https://dairy.example',
      passwordResetUrl: 'https://dairy.example/reset',
    },
  ],
])('what runs, %s', (size, context) => {
  let dairy: Dairy;
  beforeAll(async () => {
    dairy = await deployed(context);
  });
  const isLarge = size.startsWith('large');
  const all = (type: string) => resources(dairy.service, type).map(({ Properties }) => Properties);
  const containers = () =>
    all('AWS::ECS::TaskDefinition').map(({ ContainerDefinitions: [container] }) => container as Record<string, any>);
  const rolesOf = (container: Record<string, any>) =>
    container.Environment.find(({ Name }: { Name: string }) => Name === 'APP_ROLES')?.Value ?? 'command';
  const policies = () =>
    everything(dairy)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
      .map(([id, { Properties }]) => ({ id, statements: Properties.PolicyDocument.Statement as Statement[] }));
  const actionsOf = (id: RegExp) =>
    new Set(
      policies()
        .filter((policy) => id.test(policy.id))
        .flatMap(({ statements }) => statements.flatMap(({ Action }) => Action)),
    );

  it('is as cdk-nag wants it, or says why not', () => {
    expect(dairy.findings).toEqual([]);
  });

  it('is told all that the program needs in production, and nothing that it does not read', () => {
    expect(containers().map(rolesOf).sort()).toEqual(['api', 'command', 'worker,scheduler']);
    for (const container of containers()) {
      const { config, unread } = configured(container, dairy);
      expect(unread).toEqual([]);
      expect(config).toMatchObject({
        production: true,
        tablePrefix: 'milkround-',
        mailFrom: 'Milkround <milk@dairy.example>',
        trustedProxies: ['10.40.0.0/16'],
        clientAddressHeader: 'x-client-address',
        drainSeconds: DRAIN_SECONDS,
        publicUrl: isLarge ? 'https://api.dairy.example' : expect.stringContaining('Api'),
        stripe: isLarge ? { secretKey: 'sk_live_of_nobody' } : undefined,
        endpoints: { dynamodb: undefined, sqs: undefined, sns: undefined, ses: undefined, sms: undefined },
      });
      expect(config.analyticsQueueUrl).toMatch(/analytics/);
      expect(config.generationQueueUrl).toMatch(/generation/);
      expect(config.notificationQueueUrl).toMatch(/notifications/);
      expect(config.notificationTopicArn).toMatch(/Topic/);
    }
  });

  it('gets its secrets from where secrets are', () => {
    const secretly = /SECRET|PASSWORD$/;
    for (const { Environment, Secrets } of containers()) {
      expect(Environment.filter(({ Name }: { Name: string }) => secretly.test(Name))).toEqual([]);
      const names = Secrets.map(({ Name }: { Name: string }) => Name);
      expect(names).toContain('JWT_SECRET');
      expect(names).toEqual(
        expect.arrayContaining(isLarge ? ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'] : ['SANDBOX_WEBHOOK_SECRET']),
      );
    }
    const byPassword = containers().filter(({ Secrets }) =>
      Secrets.some(({ Name }: { Name: string }) => Name === 'ADMIN_PASSWORD'),
    );
    expect(byPassword.map(rolesOf)).toEqual(['command']);
  });

  it('can write nothing where it runs, is nobody, and has time to end', () => {
    for (const container of containers()) {
      expect(container).toMatchObject({
        ReadonlyRootFilesystem: true,
        User: '1000:1000',
        LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
      });
      // It still serves, then finishes the longest request, then the longest message.
      expect(container.StopTimeout).toBeGreaterThanOrEqual(DRAIN_SECONDS + 20 + 25);
    }
    for (const { RuntimePlatform } of all('AWS::ECS::TaskDefinition')) {
      expect(RuntimePlatform).toEqual({ CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' });
    }
    dairy.service.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: '/health/ready',
    });
    dairy.service.allResourcesProperties('AWS::ECS::Service', {
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    });
  });

  it('may do what it does and nothing else, on nothing but what it does it to', () => {
    const wide = policies().flatMap(({ id, statements }) =>
      statements.flatMap((statement) =>
        tooWide(statement, dairy).map((what) => `${id.replace(/\W|[A-F0-9]{8}$/g, '')} ${what}`),
      ),
    );
    // Each has no resource at AWS: a token for the registry, and a telephone.
    expect(wide.sort()).toEqual([
      'ApiExecutionRoleDefaultPolicy ecr:GetAuthorizationToken on *',
      'CommandTaskExecutionRoleDefaultPolicy ecr:GetAuthorizationToken on *',
      'WorkerExecutionRoleDefaultPolicy ecr:GetAuthorizationToken on *',
      'WorkerTaskRoleProgram sns:Publish on all but arn:aws:sns:*:*:*',
    ]);
    expect(all('AWS::IAM::Role').filter(({ ManagedPolicyArns, Policies }) => ManagedPolicyArns || Policies)).toEqual(
      [],
    );

    const sent = new Set(
      SOURCES.flatMap((text) => [...text.matchAll(/new (\w+)Command\(/g)].map(([, command]) => command ?? '')),
    );
    expect([...sent].filter((command) => !(command in ACTIONS))).toEqual([]);
    const done = new Set([...[...sent].flatMap((command) => ACTIONS[command] ?? []), ...ACTIONS_OF_LIBRARIES]);
    expect([...actionsOf(/TaskRoleProgram/)].sort()).toEqual([...done].sort());
    // Only workers take messages, write mails and call telephones.
    expect([...actionsOf(/^ApiTaskRole/)].filter((action) => /Receive|DeleteMessage|ses:/.test(action))).toEqual([]);
  });

  it('reaches every table and every index by name, and fits into a role', () => {
    const names = dairy.tables.map(({ request }) => `table/${request.TableName}`);
    const indexes = dairy.tables.flatMap(({ request }) =>
      [...(request.GlobalSecondaryIndexes ?? []), ...(request.LocalSecondaryIndexes ?? [])].map(
        ({ IndexName }) => `table/${request.TableName}/index/${IndexName}`,
      ),
    );
    for (const { statements } of policies().filter(({ id }) => id.includes('TaskRoleProgram'))) {
      const reached = (sid: string) =>
        listOf(statements.find(({ Sid }) => Sid === sid)?.Resource).map(
          (arn) => resolved(arn, dairy).split(':').at(-1) ?? '',
        );
      expect(reached('Items').sort()).toEqual(names.sort());
      expect(reached('Indexes').sort()).toEqual(indexes.sort());
      const written = JSON.stringify(
        statements.map((statement) => ({
          ...statement,
          Resource: listOf(statement.Resource).map((arn) => resolved(arn, dairy)),
        })),
      );
      expect(written.length).toBeLessThan(10_240);
    }
  });

  it('is reached through the gateway alone, which says who asks and waits no longer than it may', () => {
    dairy.service.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
    dairy.service.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      ConnectionType: 'VPC_LINK',
      RequestParameters: { 'overwrite:header.x-client-address': '$context.identity.sourceIp' },
      TimeoutInMillis: 29_000,
    });
    dairy.service.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$default' });
    const openToAll = everything(dairy).filter(
      ([, { Type, Properties }]) =>
        Type.startsWith('AWS::EC2::SecurityGroup') &&
        JSON.stringify([Properties.SecurityGroupIngress, Type.endsWith('Ingress') && Properties.CidrIp]).includes(
          '0.0.0.0/0',
        ),
    );
    expect(openToAll).toEqual([]);
    dairy.service.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    dairy.service.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: isLarge });
  });

  it('is as large as was said', () => {
    dairy.service.resourceCountIs('AWS::EC2::NatGateway', isLarge ? 3 : 1);
    dairy.service.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 2);
    dairy.service.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, isLarge ? 2 : 0);
    const limits = all('AWS::ApplicationAutoScaling::ScalableTarget').map(({ MinCapacity, MaxCapacity }) => [
      MinCapacity,
      MaxCapacity,
    ]);
    expect(limits).toEqual(
      isLarge
        ? [
            [3, 30],
            [2, 12],
          ]
        : [
            [2, 6],
            [1, 4],
          ],
    );
    expect(all('AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays)).toEqual(
      [1, 2, 3].map(() => (isLarge ? 90 : 30)),
    );
  });

  it('takes the tokens of Cognito where that was said', () => {
    const variables = containers().map(({ Environment }) =>
      Environment.filter(({ Name }: { Name: string }) => Name.startsWith('AUTH_')).map(
        ({ Name }: { Name: string }) => Name,
      ),
    );
    expect(variables).toEqual([1, 2, 3].map(() => (isLarge ? ['AUTH_ISSUER', 'AUTH_AUDIENCE'] : [])));
    dairy.data.resourceCountIs('AWS::Cognito::UserPool', isLarge ? 1 : 0);
  });

  it('tells a person what is wrong, with a chapter of the runbook for each alarm', () => {
    const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
    const chapters = new Set([...runbook.matchAll(/^### (\S+)$/gm)].map(([, chapter]) => chapter));
    const alarms = all('AWS::CloudWatch::Alarm').filter(({ AlarmDescription }) =>
      AlarmDescription?.includes('runbook'),
    );
    const meant = new Set(alarms.map(({ AlarmDescription }) => AlarmDescription.split('#').at(-1)));
    expect([...meant].sort()).toEqual([...chapters].sort());
    expect(alarms.filter(({ AlarmActions, OKActions }) => !AlarmActions || !OKActions)).toEqual([]);
    expect(alarms.length).toBeGreaterThan(15);
  });

  it('shows every figure that the program tells, under the name that it has there', () => {
    const { namespace, names } = shown(all('AWS::CloudWatch::Dashboard')[0]?.DashboardBody);
    expect(namespace).toEqual(new Set(['Milkround/milkround']));
    const told = SOURCES.flatMap((text) => [...text.matchAll(/metrics\.record\('(\w+)'/g)].map(([, name]) => name));
    expect([...names].sort()).toEqual([...new Set([...told, 'AnswerTime', 'TasksEnded'])].sort());
    for (const container of containers()) {
      expect(configured(container, dairy).config.metricsNamespace).toBe('Milkround/milkround');
    }
  });
});

/** The figures of the program that a dashboard shows. */
function shown(body: { 'Fn::Join': [string, unknown[]] }): { namespace: Set<string>; names: Set<string> } {
  const text = body['Fn::Join'][1].filter((part) => typeof part === 'string').join('');
  const metrics = [...text.matchAll(/\["(Milkround[^"]*)","(\w+)"/g)];
  return {
    namespace: new Set(metrics.map(([, namespace = '']) => namespace)),
    names: new Set(metrics.map(([, , name = '']) => name)),
  };
}

/** Reads the program's configuration from what a task is told, and notes what was not asked for. */
function configured(container: Record<string, any>, dairy: Dairy): { config: Config; unread: string[] } {
  const secret: Record<string, string> = {
    STRIPE_SECRET_KEY: 'sk_live_of_nobody',
    STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody',
  };
  const variables: Record<string, string> = {
    ...Object.fromEntries(container.Environment.map(({ Name, Value }: any) => [Name, resolved(Value, dairy)])),
    ...Object.fromEntries(container.Secrets.map(({ Name }: any) => [Name, secret[Name] ?? 'x'.repeat(64)])),
  };
  const read = new Set<string>();
  const environment: Environment = new Proxy(variables, {
    get: (target, name: string) => {
      read.add(name);
      return target[name];
    },
  });
  const config = readConfig(environment);
  adminPassword(environment);
  return { config, unread: Object.keys(variables).filter((name) => !read.has(name)) };
}

function tooWide({ Effect, Action, Resource, NotResource }: Statement, dairy: Dairy): string[] {
  if (Effect !== 'Allow') return [];
  const actions = listOf(Action);
  const where = listOf(Resource)
    .map((one) => resolved(one, dairy))
    .filter((one) => one.includes('*'));
  const whereNot = listOf(NotResource).map((one) => `all but ${resolved(one, dairy)}`);
  return [
    ...actions.filter((action) => action.includes('*')),
    ...[...where, ...whereNot].map((one) => `${actions.join()} on ${one}`),
  ];
}
