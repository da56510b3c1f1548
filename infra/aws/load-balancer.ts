import { Duration } from 'aws-cdk-lib';
import type { ApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { APP_PORT, BALANCER_PORT, type Network } from './network';

/** How long a deregistered task may finish its requests: longer than the longest request. */
export const DEREGISTRATION_DELAY = Duration.seconds(30);

interface LoadBalancerProps {
  readonly network: Network;
  readonly logs: IBucket;
}

/** The internal load balancer. Only API Gateway can reach it. */
export class LoadBalancer extends Construct {
  readonly balancer: ApplicationLoadBalancer;
  readonly listener: ApplicationListener;
  readonly tasks: ApplicationTargetGroup;

  constructor(scope: Construct, id: string, { network, logs }: LoadBalancerProps) {
    super(scope, id);
    this.balancer = new ApplicationLoadBalancer(this, 'Balancer', {
      vpc: network.vpc,
      vpcSubnets: { subnets: network.vpc.privateSubnets },
      internetFacing: false,
      securityGroup: network.loadBalancer,
      // Less than the 75 s for which the application keeps idle connections, so that it never closes one in use.
      idleTimeout: Duration.seconds(60),
      dropInvalidHeaderFields: true,
    });
    this.balancer.logAccessLogs(logs, 'balancer');
    this.tasks = new ApplicationTargetGroup(this, 'Tasks', {
      vpc: network.vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: APP_PORT,
      deregistrationDelay: DEREGISTRATION_DELAY,
      // Long-polling requests must not count like those that use the CPU.
      loadBalancingAlgorithmType: TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      healthCheck: {
        // Checks the process, not its dependencies: ECS replaces failing tasks, which does not help if DynamoDB is down.
        path: '/health/live',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
    this.listener = this.balancer.addListener('Http', {
      port: BALANCER_PORT,
      protocol: ApplicationProtocol.HTTP,
      open: false,
      defaultTargetGroups: [this.tasks],
    });
  }
}
