import { Duration } from 'aws-cdk-lib';
import {
  AvailabilityZoneRebalancing,
  FargateService,
  type FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { LoadBalancer } from './load-balancer';
import type { Network } from './network';
import type { Size } from './sizes';
import { servingTask, type TaskKit } from './tasks';

interface ApiServiceProps {
  readonly kit: TaskKit;
  readonly cluster: ICluster;
  readonly network: Network;
  readonly balancer: LoadBalancer;
  readonly size: Size['api'];
}

/** The tasks that answer requests. */
export class ApiService extends Construct {
  readonly service: FargateService;

  constructor(scope: Construct, id: string, { kit, cluster, network, balancer, size }: ApiServiceProps) {
    super(scope, id);
    const { definition } = servingTask(this, 'Api', { kit, ...size, roles: ['api'], rights: ['tables', 'publish'] });
    this.service = new FargateService(this, 'Service', {
      ...serviceProps(cluster, network),
      taskDefinition: definition,
      healthCheckGracePeriod: Duration.seconds(60),
    });
    startAfter(this.service, definition, network);
    this.service.attachToApplicationTargetGroup(balancer.tasks);

    const scaling = this.service.autoScaleTaskCount({ minCapacity: size.min, maxCapacity: size.max });
    scaling.scaleOnCpuUtilization('Processor', {
      targetUtilizationPercent: 60,
      scaleOutCooldown: Duration.seconds(60),
      scaleInCooldown: Duration.minutes(5),
    });
    scaling.scaleOnRequestCount('Requests', {
      requestsPerTarget: size.requestsPerMinute,
      targetGroup: balancer.tasks,
      scaleOutCooldown: Duration.seconds(60),
      scaleInCooldown: Duration.minutes(5),
    });
  }
}

/** How both services are deployed: new tasks come before old ones go, and if they do not come up, the old ones stay. */
export function serviceProps(cluster: ICluster, network: Network) {
  return {
    cluster,
    vpcSubnets: { subnets: network.vpc.privateSubnets },
    securityGroups: [network.tasks],
    assignPublicIp: false,
    circuitBreaker: { enable: true, rollback: true },
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED,
  };
}

/** Tasks that start before they may read their image, or can reach it, fail a first deployment. */
export function startAfter(service: FargateService, definition: FargateTaskDefinition, { vpc }: Network): void {
  const { internetConnectivityEstablished: wayOut } = vpc.selectSubnets({ subnets: vpc.privateSubnets });
  service.node.addDependency(wayOut, definition.obtainExecutionRole());
}
