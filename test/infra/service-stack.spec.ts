import { randomBytes } from 'node:crypto';
import { SIZES } from '../../infra/aws/sizes';
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
  onlyResource,
  propertiesOfType,
  resolveValue,
  resourcesOfType,
  synthesize,
  type TemplateValue,
} from './deployment';

/** In the registry of `cdk bootstrap`. */
const BUILT_IMAGE = {
  'Fn::Sub': expect.stringMatching(/\/cdk-hnb659fds-container-assets-.+:[0-9a-f]{64}$/) as string,
};

const TINY_DEPLOYMENT = {
  context: {
    size: 'tiny',
    domain: 'api.dairy.example',
    certificate: 'arn:aws:acm:ap-south-1:111122223333:certificate/abc',
  },
  image: BUILT_IMAGE,
  secrets: ['JWT_SECRET', 'JWT_SECRET_PREVIOUS', 'SANDBOX_WEBHOOK_SECRET'],
  publicUrl: 'https://api.dairy.example',
  stripe: undefined,
  hidden: true,
  budget: 60,
  roles: ['api,worker,scheduler', 'command'],
  drainSeconds: 20,
  natGateways: 0,
  publicAddress: 'ENABLED',
  endpoints: 0,
  dashboards: 0,
  tasks: [[1, 4]],
  logDays: 30,
  pools: 0,
  auth: [],
  zones: undefined,
  ports: [443],
};
const SMALL_DEPLOYMENT = {
  context: {},
  image: BUILT_IMAGE,
  secrets: ['JWT_SECRET', 'JWT_SECRET_PREVIOUS', 'SANDBOX_WEBHOOK_SECRET'],
  publicUrl: 'https://deployed.example/GatewayApi4EDF2151:ApiEndpoint',
  stripe: undefined,
  hidden: false,
  listener: { Port: 80, Protocol: 'HTTP' },
  serverName: undefined,
  budget: 200,
  roles: ['api', 'command', 'worker,scheduler'],
  drainSeconds: 5,
  natGateways: 1,
  publicAddress: 'DISABLED',
  endpoints: 0,
  dashboards: 1,
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
    stripePublishableKey: 'pk_live_fake',
    signIn: 'cognito',
    domain: 'api.dairy.example',
    certificate: 'arn:aws:acm:ap-south-1:111122223333:certificate/abc',
    webOrigins: 'https://dairy.example',
    passwordResetUrl: 'https://dairy.example/reset',
    emailVerificationUrl: 'https://dairy.example/verify',
    image: 'ghcr.io/dairy/milkround:0.2.0',
    zones: 'us-east-1a,us-east-1b,us-east-1d',
    otlpEndpoint: 'https://collector.dairy.example:4318',
  },
  image: 'ghcr.io/dairy/milkround:0.2.0',
  secrets: ['JWT_SECRET', 'JWT_SECRET_PREVIOUS', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  publicUrl: 'https://api.dairy.example',
  stripe: { secretKey: 'sk_live_fake', webhookSecret: 'whsec_fake' },
  hidden: true,
  listener: {
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: 'arn:aws:acm:ap-south-1:111122223333:certificate/abc' }],
  },
  serverName: 'api.dairy.example',
  budget: 2_050,
  roles: ['api', 'command', 'worker,scheduler'],
  drainSeconds: 5,
  natGateways: 3,
  publicAddress: 'DISABLED',
  endpoints: 2,
  dashboards: 1,
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

const WITH_LOAD_BALANCER = {
  small: SMALL_DEPLOYMENT,
  'large, with Stripe, Cognito and a custom domain': LARGE_DEPLOYMENT,
};
const DEPLOYMENTS = { 'tiny, with a custom domain': TINY_DEPLOYMENT, ...WITH_LOAD_BALANCER };

describe.each(Object.entries(DEPLOYMENTS))('the service stack (%s)', (_, expected) => {
  let deployment: Deployment;
  /** The container of each task, by the roles of the task. */
  let containers: Map<string, Container>;
  beforeAll(async () => {
    deployment = await synthesize(expected.context);
    containers = new Map(
      propertiesOfType<{ ContainerDefinitions: [Container] }>(deployment.service, 'AWS::ECS::TaskDefinition').map(
        ({ ContainerDefinitions: [container] }) => [rolesOf(container), container],
      ),
    );
  });

  it('has no finding of cdk-nag without an acknowledgement', () => {
    expect(deployment.findings).toEqual([]);
  });

  it('sets exactly the environment variables that the application needs in production', () => {
    expect([...containers.keys()].sort()).toEqual(expected.roles);
    for (const container of containers.values()) {
      const { config, unread } = readTaskConfig(container, deployment);
      expect(unread).toEqual([]);
      expect(config).toMatchObject({
        production: true,
        tablePrefix: 'milkround-',
        mailFrom: 'Milkround <milk@dairy.example>',
        trustedProxies: ['10.40.0.0/16'],
        clientAddressHeader: 'x-client-address',
        drainSeconds: expected.drainSeconds,
        publicUrl: expected.publicUrl,
        stripe: expected.stripe,
        metricsNamespace: 'Milkround/milkround',
        analyticsQueueUrl: expect.stringMatching(/analytics/),
        generationQueueUrl: expect.stringMatching(/generation/),
        notificationQueueUrl: expect.stringMatching(/notifications/),
        notificationTopicArn: expect.stringMatching(/NotificationTopic/),
        endpoints: { dynamodb: undefined, sqs: undefined, sns: undefined, ses: undefined, sms: undefined },
      });
      const variables = container.Environment.map(({ Name: name }) => name);
      expect(variables.filter((name) => name.startsWith('AUTH_'))).toEqual(expected.auth);
    }
    deployment.data.resourceCountIs('AWS::Cognito::UserPool', expected.pools);
    deployment.data.resourceCountIs('AWS::Cognito::UserPoolGroup', 2 * expected.pools);
  });

  it('passes secrets from Secrets Manager, not as plain variables', () => {
    for (const { Environment: variables, Secrets: secrets } of containers.values()) {
      expect(variables.filter(({ Name: name }) => /SECRET|PASSWORD$/.test(name))).toEqual([]);
      expect(secrets.map(({ Name: name }) => name).sort()).toEqual([...expected.secrets].sort());
    }
  });

  it('runs without root on a read-only file system, and has time for a graceful shutdown', () => {
    for (const container of containers.values()) {
      expect(container).toMatchObject({
        ReadonlyRootFilesystem: true,
        User: '1000:1000',
        LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
      });
      // Drain, then the longest request, then the longest message.
      expect(container.StopTimeout).toBeGreaterThanOrEqual(expected.drainSeconds + 20 + 25);
    }
    deployment.service.allResourcesProperties('AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
    });
    deployment.service.allResourcesProperties('AWS::ECS::Service', {
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    });
  });

  it('is reachable only through API Gateway, which passes on the client address', () => {
    expectResource(deployment.service, 'AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: expected.hidden });
    expectResource(deployment.service, 'AWS::ApiGatewayV2::Route', { RouteKey: '$default' });
    expectResource(deployment.service, 'AWS::ApiGatewayV2::Integration', {
      ConnectionType: 'VPC_LINK',
      RequestParameters: { 'overwrite:header.x-client-address': '$context.identity.sourceIp' },
    });
    const groups = ['', 'Ingress'].flatMap((kind) =>
      propertiesOfType<{ CidrIp?: string; SecurityGroupIngress?: object }>(
        deployment.service,
        `AWS::EC2::SecurityGroup${kind}`,
      ),
    );
    expect(groups.filter((rule) => rule.CidrIp ?? rule.SecurityGroupIngress)).toEqual([]);
    // The only way to the tasks.
    const [way, ...others] = ingressTo(deployment, /^NetworkTasks/);
    expect(others).toEqual([]);
    expect(way).toMatch(expected.natGateways === 0 ? /^NetworkLink/ : /^NetworkBalancer/);
  });

  it('creates its services after the internet routes and the execution roles, which tasks need to pull the image', () => {
    const routes = resourcesOfType<{ NatGatewayId?: object }>(deployment.service, 'AWS::EC2::Route').flatMap(
      ([id, { Properties }]) => (Properties.NatGatewayId || expected.natGateways === 0 ? [id] : []),
    );
    expect(routes.length).toBeGreaterThan(0);
    const services = resourcesOfType(deployment.service, 'AWS::ECS::Service');
    expect(services.length).toBe(expected.tasks.length);
    for (const [id, { DependsOn: dependencies = [] }] of services) {
      const policy = new RegExp(`^${id.replace(/Service[A-F0-9]*$/, '')}\\w*ExecutionRoleDefaultPolicy`);
      expect(dependencies).toEqual(expect.arrayContaining([...routes, expect.stringMatching(policy)]));
    }
  });

  it('runs the image that it builds, or the published one', () => {
    expect(containers.size).toBe(expected.roles.length);
    for (const { Image: image } of containers.values()) expect(image).toEqual(expected.image);
  });

  it('migrates the data before a task with the role worker starts, with the same image and without secrets', () => {
    const definitions = propertiesOfType<{ ContainerDefinitions: [Container, ...Container[]] }>(
      deployment.service,
      'AWS::ECS::TaskDefinition',
    ).map(({ ContainerDefinitions: [program, ...others] }) => ({ program, others }));
    expect(definitions.filter(({ others }) => others.length > 0).map(({ program }) => rolesOf(program))).toEqual(
      expected.roles.filter((roles) => roles.includes('worker')),
    );
    const { program, others = [] } = definitions.find(({ others: all }) => all.length > 0) ?? {};
    expect(others).toEqual([
      expect.objectContaining({
        Name: 'migrate',
        Command: ['node', 'dist/cli/migrate.js'],
        Image: (program as unknown as Record<string, unknown>).Image,
        Essential: false,
        ReadonlyRootFilesystem: true,
        User: '1000:1000',
        LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
      }),
    ]);
    const [migration] = others;
    expect(migration).not.toHaveProperty('Secrets');
    expect(migration).not.toHaveProperty('StartTimeout');
    expect(migration?.Environment.map(({ Name: name }) => name).sort()).toEqual(['AWS_REGION', 'TABLE_PREFIX']);
    expect(program).toMatchObject({ DependsOn: [{ ContainerName: 'migrate', Condition: 'SUCCESS' }] });
  });

  it('uses the given zones, and allows outgoing traffic only on the required ports', () => {
    const zones = propertiesOfType<{ AvailabilityZone: TemplateValue }>(deployment.service, 'AWS::EC2::Subnet').map(
      (subnet) => subnet.AvailabilityZone,
    );
    const used = [...new Set(zones)].sort();
    expect(used).toEqual(expected.zones ?? used);
    const groups = propertiesOfType<{ SecurityGroupEgress?: { CidrIp: string; FromPort: number }[] }>(
      deployment.service,
      'AWS::EC2::SecurityGroup',
    );
    const egress = groups.flatMap(({ SecurityGroupEgress: rules = [] }) =>
      rules.filter((rule) => rule.CidrIp === '0.0.0.0/0'),
    );
    expect(egress.map(({ FromPort: port }) => port)).toEqual(expected.ports);
  });

  it('has the resources of its size', () => {
    const endpoint = 'AWS::EC2::VPCEndpoint';
    deployment.service.resourceCountIs('AWS::EC2::NatGateway', expected.natGateways);
    deployment.service.resourceCountIs('AWS::CloudWatch::Dashboard', expected.dashboards);
    deployment.service.allResourcesProperties('AWS::ECS::Service', {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: expected.publicAddress } },
    });
    deployment.service.hasOutput('TaskPublicAddress', { Value: expected.publicAddress });
    deployment.service.resourcePropertiesCountIs(endpoint, { VpcEndpointType: 'Gateway' }, 2);
    deployment.service.resourcePropertiesCountIs(endpoint, { VpcEndpointType: 'Interface' }, expected.endpoints);
    deployment.service.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: expected.logDays });
    const scaling = 'AWS::ApplicationAutoScaling::ScalableTarget';
    const limits = propertiesOfType<{ MinCapacity: number; MaxCapacity: number }>(deployment.service, scaling);
    expect(limits.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity])).toEqual(expected.tasks);
  });

  it('runs the reconciliation every morning in the time zone of the dairy', () => {
    const [schedule] = propertiesOfType<{
      ScheduleExpressionTimezone: string;
      Target: Record<string, TemplateValue>;
    }>(deployment.service, 'AWS::Scheduler::Schedule');
    expect(schedule).toMatchObject({
      ScheduleExpression: 'cron(0 5 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Kolkata',
      Target: {
        EcsParameters: { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: expected.publicAddress } } },
      },
    });
  });

  it('rolls a deployment of the api back if requests fail, and sends a mail if it costs more than expected', () => {
    const behaviours = propertiesOfType<{ DeploymentConfiguration: { Alarms?: object } }>(
      deployment.service,
      'AWS::ECS::Service',
    ).flatMap(({ DeploymentConfiguration: { Alarms: alarms } }) => alarms ?? []);
    expect(behaviours).toEqual([
      { AlarmNames: [{ Ref: expect.stringMatching(/^Alarmserrors/) }], Enable: true, Rollback: true },
    ]);
    deployment.service.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetType: 'COST', BudgetLimit: { Amount: expected.budget, Unit: 'USD' } },
    });
  });

  it('has alarms only for metrics that exist', () => {
    const alarms = propertiesOfType<{ Namespace?: string; MetricName?: string }>(
      deployment.service,
      'AWS::CloudWatch::Alarm',
    ).filter(({ Namespace: namespace }) => namespace === 'Milkround/milkround');
    expect(alarms.length).toBeGreaterThan(5);
    const known = [...programMetrics(), ...FILTERED_METRICS];
    expect(alarms.map(({ MetricName: name }) => name).filter((name = '') => !known.includes(name))).toEqual([]);
  });
});

describe.each(Object.entries(WITH_LOAD_BALANCER))(
  'the load balancer and the two services behind it (%s)',
  (_, expected) => {
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await synthesize(expected.context);
    });

    it('receives requests from the gateway only, and checks the process of each task', () => {
      expectResource(deployment.service, 'AWS::ApiGatewayV2::Integration', { TimeoutInMillis: 29_000 });
      expectResource(deployment.service, 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
      expectResource(deployment.service, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
        HealthCheckPath: '/health/live',
      });
      expect(ingressTo(deployment, /^NetworkBalancer/)).toEqual([expect.stringMatching(/^NetworkLink/)]);
    });

    it('encrypts requests to the load balancer if it has a domain', () => {
      expectResource(deployment.service, 'AWS::ElasticLoadBalancingV2::Listener', expected.listener);
      const { TlsConfig: tls } = onlyResource<{ TlsConfig?: { ServerNameToVerify: string } }>(
        deployment.service,
        'AWS::ApiGatewayV2::Integration',
      ).Properties;
      expect(tls?.ServerNameToVerify).toBe(expected.serverName);
    });

    it('deploys the worker before the api, so that workers know each new kind of message', () => {
      const services = resourcesOfType(deployment.service, 'AWS::ECS::Service');
      const [api, worker] = ['Api', 'Worker'].map((name) => services.find(([id]) => id.startsWith(name)));
      expect(api?.[1].DependsOn).toContain(worker?.[0]);
      expect(worker?.[1].DependsOn).not.toContain(api?.[0]);
    });

    it('counts messages in flight when it scales workers in', () => {
      const scaling = propertiesOfType<{ Metrics?: { MetricStat?: { Metric: { MetricName: string } } }[] }>(
        deployment.service,
        'AWS::CloudWatch::Alarm',
      ).map(({ Metrics: metrics = [] }) => metrics.map((metric) => metric.MetricStat?.Metric.MetricName));
      const queueAlarms = scaling.filter((names) => names.includes('ApproximateNumberOfMessagesVisible'));
      expect(queueAlarms.length).toBe(2);
      for (const names of queueAlarms) expect(names).toContain('ApproximateNumberOfMessagesNotVisible');
    });

    it('shows every metric of the application on the dashboard', () => {
      expect([...dashboardMetrics(deployment)].sort()).toEqual([...programMetrics(), ...FILTERED_METRICS].sort());
    });
  },
);

describe('the service of size tiny', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await synthesize({ size: 'tiny' });
  });

  it('has neither a load balancer nor a firewall: API Gateway finds its healthy tasks through Cloud Map', () => {
    for (const type of ['ElasticLoadBalancingV2::LoadBalancer', 'WAFv2::WebACL']) {
      deployment.service.resourceCountIs(`AWS::${type}`, 0);
    }
    const [[id, registry] = ['', undefined]] = resourcesOfType(deployment.service, 'AWS::ServiceDiscovery::Service');
    // API Gateway needs the port, which only SRV records have. ECS reports the health of each task.
    expect(registry?.Properties).toMatchObject({
      DnsConfig: { DnsRecords: [{ Type: 'SRV', TTL: 10 }] },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    });
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    expectResource(deployment.service, 'AWS::ApiGatewayV2::Integration', { IntegrationUri: arn });
    expectResource(deployment.service, 'AWS::ECS::Service', {
      ServiceRegistries: [{ ContainerName: 'program', ContainerPort: 3000, RegistryArn: arn }],
    });
  });

  it('is protected by the limit of the gateway', () => {
    const { requestsPerSecond } = SIZES.tiny;
    expectResource(deployment.service, 'AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: requestsPerSecond, ThrottlingBurstLimit: 2 * requestsPerSecond },
    });
  });

  it('has an alarm for the number of running tasks', () => {
    expectResource(deployment.service, 'AWS::CloudWatch::Alarm', {
      AlarmName: 'milkround-no-healthy-task',
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Statistic: 'SampleCount',
      Period: 60,
      TreatMissingData: 'breaching',
    });
  });
});

/** The security groups from which one accepts connections. */
function ingressTo({ service }: Deployment, group: RegExp): string[] {
  return propertiesOfType<Record<'GroupId' | 'SourceSecurityGroupId', { 'Fn::GetAtt': [string] }>>(
    service,
    'AWS::EC2::SecurityGroupIngress',
  ).flatMap(({ GroupId: to, SourceSecurityGroupId: from }) =>
    group.test(to['Fn::GetAtt'][0]) ? from['Fn::GetAtt'][0] : [],
  );
}

/** The metrics of the log filters of the stack. */
const FILTERED_METRICS = ['AnswerTime', 'TasksEnded'];

/** The metrics that the application declares. Importing the stacks has imported all modules. */
function programMetrics(): string[] {
  return declaredMetrics().map(({ name }) => name);
}

function rolesOf({ Environment: variables }: Container): string {
  const roles = variables.find(({ Name: name }) => name === 'APP_ROLES')?.Value;
  return typeof roles === 'string' ? roles : 'command';
}

/** The application metrics on the dashboard. */
function dashboardMetrics({ service }: Deployment): Set<string> {
  const [board] = propertiesOfType<{ DashboardBody: { 'Fn::Join': [string, unknown[]] } }>(
    service,
    'AWS::CloudWatch::Dashboard',
  );
  const text = board?.DashboardBody['Fn::Join'][1].filter((part) => typeof part === 'string').join('') ?? '';
  return new Set([...text.matchAll(/"Milkround\/milkround","(\w+)"/g)].map(([, name = '']) => name));
}

/** A value that is known only after the deployment, in the form that it will have. */
function asDeployed(name: string, value: string): string {
  if (name.endsWith('_URL') && !URL.canParse(value)) return `https://deployed.example/${value}`;
  if (name === 'PUBLIC_URL') return value.replace(/^arn:aws:of:/, 'https://deployed.example/');
  return name.endsWith('_ARN') ? `arn:aws:sns:${value}` : value;
}

/** Reads the application's configuration from the environment of a task, and lists the variables that it did not read. */
function readTaskConfig(container: Container, deployment: Deployment): { config: object; unread: string[] } {
  const stripe: Record<string, string> = {
    STRIPE_SECRET_KEY: 'sk_live_fake',
    STRIPE_WEBHOOK_SECRET: 'whsec_fake',
  };
  const variables: Record<string, string> = {};
  for (const { Name: name, Value: value } of container.Environment) {
    variables[name] = asDeployed(name, resolveValue(value, deployment));
  }
  for (const { Name: name } of container.Secrets) variables[name] = stripe[name] ?? randomBytes(48).toString('base64');
  const read = new Set<string>();
  const environment: Environment = new Proxy(variables, {
    get(target, name: string) {
      read.add(name);
      return target[name];
    },
  });
  const configuration = Configuration.read(environment);
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
