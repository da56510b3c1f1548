import { App } from 'aws-cdk-lib';
import { declaredMetrics } from '../../../src/platform/telemetry/metrics';
import { context as flags } from '../cdk.json';
import { createStacks } from '../create-stacks';
import { loadDeclaredTables } from '../data/declared-tables';
import { readInputs } from '../inputs';
import type { SizeName } from '../sizes';

/** What a deployment has, as far as it is billed by the hour or the month. */
export interface Resources {
  readonly tasks: readonly TaskGroup[];
  readonly natGateways: number;
  /** Interface endpoints, once for each zone. */
  readonly endpointZones: number;
  readonly loadBalancers: number;
  readonly hostedZones: number;
  readonly firewalls: number;
  readonly firewallRules: number;
  /** Metrics that alarms watch. */
  readonly alarmMetrics: number;
  readonly gauges: number;
  readonly counts: number;
  readonly dashboards: number;
  readonly hasInsights: boolean;
  readonly secrets: number;
  readonly keys: number;
}

interface TaskGroup {
  readonly roles: 'api' | 'worker' | 'all';
  readonly vcpu: number;
  readonly gigabytes: number;
  readonly min: number;
  readonly isPublic: boolean;
}

interface Resource {
  readonly Type: string;
  readonly Properties: unknown;
}

type Template = Readonly<Record<string, Resource>>;

const INPUTS: Readonly<Record<string, string>> = {
  mailDomain: 'dairy.example',
  alarmEmail: 'alarms@dairy.example',
  payments: 'arn:aws:secretsmanager:ap-south-1:111122223333:secret:milkround/stripe-AbCdEf',
};
const TASK_NAMES: Readonly<Record<string, TaskGroup['roles']>> = {
  api: 'api',
  'worker,scheduler': 'worker',
  'api,worker,scheduler': 'all',
};
/** The secret with the keys of Stripe is made by hand. */
const STRIPE_SECRETS = 1;
/** CloudWatch creates them for each policy that tracks a target. */
const ALARMS_OF_TARGET_TRACKING = 2;

/** Synthesizes a size with its default inputs, and counts what is in the templates. */
export async function resourcesOf(size: SizeName, outdir: string): Promise<Resources> {
  const context = { ...flags, ...INPUTS, size };
  const app = new App({ context, analyticsReporting: false, outdir });
  const inputs = readInputs((name) => app.node.tryGetContext(name) as unknown);
  createStacks(app, inputs, await loadDeclaredTables(`${inputs.name}-`));
  const templates = app.synth().stacks.map(({ template }) => (template as { Resources: Template }).Resources);
  return countResources(templates);
}

function countResources(templates: readonly Template[]): Resources {
  const all = (type: string) =>
    templates
      .flatMap((template) => Object.values(template))
      .flatMap((one): unknown[] => (one.Type === `AWS::${type}` ? [one.Properties] : []));
  const alarms = all('CloudWatch::Alarm') as { Metrics?: { MetricStat?: object; Expression?: string }[] }[];
  const tracking = (all('ApplicationAutoScaling::ScalingPolicy') as { PolicyType: string }[]).filter(
    ({ PolicyType: type }) => type === 'TargetTrackingScaling',
  );
  const endpoints = all('EC2::VPCEndpoint') as { VpcEndpointType: string; SubnetIds?: unknown[] }[];
  const firewalls = all('WAFv2::WebACL') as { Rules: unknown[] }[];
  const metrics = declaredMetrics();
  const gauges = metrics.filter(({ kind }) => kind === 'gauge').length;
  return {
    tasks: templates.flatMap(taskGroups),
    natGateways: all('EC2::NatGateway').length,
    endpointZones: sum(endpoints, ({ VpcEndpointType: type, SubnetIds: zones = [] }) =>
      type === 'Interface' ? zones.length : 0,
    ),
    loadBalancers: all('ElasticLoadBalancingV2::LoadBalancer').length,
    hostedZones: all('ServiceDiscovery::PrivateDnsNamespace').length,
    firewalls: firewalls.length,
    firewallRules: sum(firewalls, ({ Rules: rules }) => rules.length),
    alarmMetrics: sum(alarms, metricsOf) + ALARMS_OF_TARGET_TRACKING * tracking.length,
    gauges,
    counts: metrics.length - gauges + all('Logs::MetricFilter').length,
    dashboards: all('CloudWatch::Dashboard').length,
    hasInsights: JSON.stringify(all('ECS::Cluster')).includes('"enabled"'),
    secrets: all('SecretsManager::Secret').length + STRIPE_SECRETS,
    keys: all('KMS::Key').length,
  };
}

/** The metrics of an alarm: those of its expression, or the one that it names. A query counts as one, as if it matched one metric. */
function metricsOf({ Metrics: metrics = [] }: { Metrics?: { MetricStat?: object }[] }): number {
  return Math.max(1, metrics.filter(({ MetricStat: metric }) => metric).length);
}

/** The services with their task definitions and their minimum. */
function taskGroups(template: Template): TaskGroup[] {
  const targets = Object.values(template).filter(({ Type }) => Type === 'AWS::ApplicationAutoScaling::ScalableTarget');
  return Object.entries(template).flatMap(([id, { Type, Properties }]): TaskGroup[] => {
    if (Type !== 'AWS::ECS::Service') return [];
    const { TaskDefinition: definitionRef, NetworkConfiguration: network } = Properties as Service;
    const definition = template[definitionRef.Ref]?.Properties as TaskDefinition;
    const target = targets.find(({ Properties: properties }) => JSON.stringify(properties).includes(id));
    const roles = definition.ContainerDefinitions.flatMap(({ Environment: variables }) =>
      variables.flatMap(({ Name: name, Value: value }) => (name === 'APP_ROLES' ? String(value) : [])),
    );
    return [
      {
        roles: TASK_NAMES[roles.join()] ?? 'all',
        vcpu: Number(definition.Cpu) / 1_024,
        gigabytes: Number(definition.Memory) / 1_024,
        min: (target?.Properties as { MinCapacity: number }).MinCapacity,
        isPublic: network.AwsvpcConfiguration.AssignPublicIp === 'ENABLED',
      },
    ];
  });
}

interface Service {
  readonly TaskDefinition: { readonly Ref: string };
  readonly NetworkConfiguration: { readonly AwsvpcConfiguration: { readonly AssignPublicIp: string } };
}

interface TaskDefinition {
  readonly Cpu: string;
  readonly Memory: string;
  readonly ContainerDefinitions: readonly { readonly Environment: readonly { Name: string; Value: unknown }[] }[];
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
