import { Duration } from 'aws-cdk-lib';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { DnsRecordType, type IService, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { createService } from './api-service';
import { runningTasks } from '../monitoring/metrics';
import { APP_PORT } from '../network/network';
import type { OneService, TaskSize } from '../sizes';
import { createServiceTask } from './tasks';
import type { Services, ServicesProps } from './two-services';

/** One service, whose tasks API Gateway reaches without a load balancer. */
export function createOneService(
  scope: Construct,
  { gateway, services: { all: size }, ...props }: ServicesProps<OneService>,
): Services {
  const { service, registry } = new WholeService(scope, 'All', { ...props, size });
  gateway.routeToTasksOf(registry);
  return { all: [service], healthyTasks: runningTasks(service) };
}

type WholeServiceProps = Pick<ServicesProps<OneService>, 'inputs' | 'kit' | 'cluster' | 'network'> & {
  readonly size: TaskSize;
};

/**
 * The ECS service whose tasks have all roles. ECS registers the healthy ones with Cloud Map. API Gateway asks for their
 * addresses and ports, which are in SRV records only, and these need a namespace with DNS.
 */
class WholeService extends Construct {
  readonly service: FargateService;
  readonly registry: IService;

  constructor(scope: Construct, id: string, { inputs, kit, cluster, network, size }: WholeServiceProps) {
    super(scope, id);
    const { definition, container } = createServiceTask(this, 'All', {
      kit,
      ...size,
      roles: ['api', 'worker', 'scheduler'],
      migrates: true,
      permissions: ['tables', 'reconcile', 'migrate', 'schedule', 'publish', 'consume'],
    });
    this.service = createService(this, definition, { cluster, network });
    const scaling = this.service.autoScaleTaskCount({ minCapacity: size.min, maxCapacity: size.max });
    scaling.scaleOnCpuUtilization('Processor', {
      targetUtilizationPercent: 60,
      scaleOutCooldown: Duration.seconds(60),
      scaleInCooldown: Duration.minutes(5),
    });
    this.registry = this.service.enableCloudMap({
      cloudMapNamespace: new PrivateDnsNamespace(this, 'Namespace', {
        name: `${inputs.name}.internal`,
        vpc: network.vpc,
      }),
      name: 'api',
      dnsRecordType: DnsRecordType.SRV,
      dnsTtl: Duration.seconds(10),
      container,
      containerPort: APP_PORT,
    });
  }
}
