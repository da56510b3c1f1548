import { Duration } from 'aws-cdk-lib';
import {
  AvailabilityZoneRebalancing,
  FargateService,
  type FargateServiceProps,
  type FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { LoadBalancer } from '../network/load-balancer';
import type { Network } from '../network/network';
import type { TaskSize } from '../sizes';
import { createServiceTask, type SharedTaskProps } from './tasks';

interface ApiServiceProps {
  readonly kit: SharedTaskProps;
  readonly cluster: ICluster;
  readonly network: Network;
  readonly balancer: LoadBalancer;
  readonly size: TaskSize & { readonly requestsPerMinute: number };
}

/** The ECS service that answers HTTP requests. */
export class ApiService extends Construct {
  readonly service: FargateService;

  constructor(scope: Construct, id: string, { kit, cluster, network, balancer, size }: ApiServiceProps) {
    super(scope, id);
    const { definition } = createServiceTask(this, 'Api', {
      kit,
      ...size,
      roles: ['api'],
      permissions: ['tables', 'reconcile', 'publish'],
    });
    this.service = createService(this, definition, {
      cluster,
      network,
      healthCheckGracePeriod: Duration.seconds(60),
    });
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

interface ServicePlacement extends Pick<FargateServiceProps, 'healthCheckGracePeriod'> {
  readonly cluster: ICluster;
  readonly network: Network;
}

/**
 * Creates a service with rolling deployments: old tasks stop once new ones are healthy, and a failed deployment rolls
 * back. The service depends on the internet route and the execution role. Without them tasks cannot pull the image, and a
 * first deployment fails.
 */
export function createService(
  scope: Construct,
  taskDefinition: FargateTaskDefinition,
  { cluster, network, ...options }: ServicePlacement,
): FargateService {
  const service = new FargateService(scope, 'Service', {
    ...options,
    cluster,
    taskDefinition,
    ...network.taskPlacement,
    circuitBreaker: { enable: true, rollback: true },
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED,
  });
  const { internetConnectivityEstablished: internetRoute } = network.vpc.selectSubnets({ subnets: network.subnets });
  service.node.addDependency(internetRoute, taskDefinition.obtainExecutionRole());
  return service;
}
