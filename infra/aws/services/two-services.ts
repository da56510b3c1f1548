import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { ApiGateway } from '../network/api-gateway';
import { ApiService } from './api-service';
import { Firewall } from '../network/firewall';
import type { Inputs } from '../inputs';
import { LoadBalancer } from '../network/load-balancer';
import { healthyTasks } from '../monitoring/metrics';
import type { Network } from '../network/network';
import type { DeploymentSize, TwoServices } from '../sizes';
import type { SharedTaskProps } from './tasks';
import { WorkerService } from './worker-service';

export interface ServicesProps<Services> {
  readonly inputs: Inputs;
  readonly kit: SharedTaskProps;
  readonly cluster: ICluster;
  readonly network: Network;
  readonly gateway: ApiGateway;
  readonly size: DeploymentSize;
  readonly services: Services;
}

/** The ECS services of a deployment. */
export interface Services {
  /** The one that answers requests comes first. */
  readonly all: readonly [FargateService, ...FargateService[]];
  /** The number of tasks that can answer requests. */
  readonly healthyTasks: IMetric;
}

/** The api behind a load balancer with a firewall, and the worker. */
export function createTwoServices(
  scope: Construct,
  { inputs, kit, cluster, network, gateway, size, services }: ServicesProps<TwoServices>,
): Services {
  const balancer = new LoadBalancer(scope, 'LoadBalancer', { network, domain: inputs.domain });
  gateway.routeToLoadBalancer(balancer.listener);
  new Firewall(scope, 'Firewall', {
    name: inputs.name,
    balancer: balancer.balancer,
    requestsPerSecond: size.requestsPerSecond,
    logDays: size.logDays,
  });
  const api = new ApiService(scope, 'Api', { kit, cluster, network, balancer, size: services.api });
  const worker = new WorkerService(scope, 'Worker', { kit, cluster, network, size: services.worker });
  // Deploy readers first: workers must know a new kind of message before the api sends it (ADR 21).
  api.service.node.addDependency(worker.service);
  return { all: [api.service, worker.service], healthyTasks: healthyTasks(balancer.tasks) };
}
