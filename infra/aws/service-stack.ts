import { CfnOutput, Fn, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmBehavior, Cluster, ContainerInsights, type FargateService } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { Alarms } from './monitoring/alarms';
import { ApiGateway } from './network/api-gateway';
import { appImageOf } from './services/app-image';
import { CostBudget } from './monitoring/cost-budget';
import { dashboard } from './monitoring/dashboard';
import type { DataStack } from './data-stack';
import { environmentOf } from './environment';
import type { Inputs } from './inputs';
import { Logs } from './monitoring/logs';
import { Network } from './network/network';
import { NightlyReconciliation } from './services/nightly-reconciliation';
import { createOneService } from './services/one-service';
import { Probe } from './monitoring/probe';
import { SIZES } from './sizes';
import { CommandTask, type SharedTaskProps } from './services/tasks';
import { createTwoServices } from './services/two-services';

interface ServiceStackProps extends StackProps {
  readonly inputs: Inputs;
  readonly data: DataStack;
}

/** The application and everything in front of it. The stack holds no data, so it can be deleted and created again. */
export class ServiceStack extends Stack {
  private readonly zones: readonly string[];

  constructor(scope: Construct, id: string, { inputs, data, ...props }: ServiceStackProps) {
    super(scope, id, { description: 'Milkround: services', ...props });
    this.zones = inputs.zones;
    const size = SIZES[inputs.size];
    const network = new Network(this, 'Network', {
      size,
      logs: data.logs,
      otlpEndpoint: inputs.otlpEndpoint,
      tls: inputs.domain !== undefined,
    });
    const logs = new Logs(this, 'Logs', { name: inputs.name, days: size.logDays });
    const gateway = new ApiGateway(this, 'Gateway', { inputs, network, log: logs.gateway });

    const cluster = new Cluster(this, 'Cluster', {
      vpc: network.vpc,
      clusterName: inputs.name,
      containerInsightsV2: size.containerInsights ? ContainerInsights.ENABLED : ContainerInsights.DISABLED,
    });
    if (!size.containerInsights) {
      Validations.of(cluster).acknowledge({
        id: 'AwsSolutions-ECS4',
        reason: 'Container Insights is only worth its price with many tasks: size large has it.',
      });
    }
    const kit: SharedTaskProps = {
      image: appImageOf(this, inputs.image),
      environment: environmentOf({ inputs, data, publicUrl: gateway.publicUrl, region: this.region }),
      secrets: data.secrets.forApp,
      log: logs.app,
      data,
      drainSeconds: size.drainSeconds,
    };
    const shared = { inputs, kit, cluster, network, gateway, size };
    const services =
      'all' in size.services
        ? createOneService(this, { ...shared, services: size.services })
        : createTwoServices(this, { ...shared, services: size.services });
    const command = new CommandTask(this, 'Command', kit);
    new NightlyReconciliation(this, 'Reconciliation', { cluster, network, command, timezone: inputs.timezone });

    const probe =
      inputs.probe === 'on'
        ? new Probe(this, 'Probe', { name: inputs.name, publicUrl: gateway.publicUrl, logDays: size.logDays })
        : undefined;
    const monitored = { inputs, data, logs, gateway, healthyTasks: services.healthyTasks, probe };
    const alarms = new Alarms(this, 'Alarms', monitored);
    rollBackOn(alarms.named('errors'), services.all[0]);
    new CostBudget(this, 'CostBudget', inputs);
    if (size.dashboard) dashboard(this, { ...monitored, services: services.all, alarms });

    this.output('ApiUrl', gateway.publicUrl, 'Address of the API; its documentation is at /docs');
    if (gateway.dnsTarget) this.output('DnsTarget', gateway.dnsTarget, 'Alias target for the domain of the API');
    const subnetIds = network.subnets.map(({ subnetId }) => subnetId);
    this.output('ProgramLog', logs.app.logGroupName, 'Log group of the application');
    this.output('ClusterName', cluster.clusterName, 'Cluster for one-off commands');
    this.output(
      'CommandFamily',
      command.definition.family,
      'Task definition for one-off commands: see infra/aws/README.md',
    );
    this.output('TaskSubnets', subnetIds.join(','), 'Subnets for one-off commands');
    const publicAddress = network.tasksArePublic ? 'ENABLED' : 'DISABLED';
    this.output('TaskPublicAddress', publicAddress, 'Whether one-off commands need a public address');
    this.output('TaskSecurityGroup', network.tasks.securityGroupId, 'Security group for one-off commands');
  }

  /** The given zones, or the first ones of the region as CloudFormation functions, so that synthesis needs no account. */
  override get availabilityZones(): string[] {
    if (this.zones.length > 0) return [...this.zones];
    return [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}

/** A deployment fails, and returns to the previous tasks, if the alarm fires while it lasts. */
function rollBackOn(alarm: Alarm, service: FargateService): void {
  service.enableDeploymentAlarms([alarm.alarmName], { behavior: AlarmBehavior.ROLLBACK_ON_ALARM });
}
