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

/** How long a task that leaves still finishes requests: longer than the longest. */
export const DEREGISTRATION_DELAY = Duration.seconds(30);

interface LoadBalancerProps {
  readonly network: Network;
  readonly logs: IBucket;
}

/** Inside the network, reached from API Gateway alone. */
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
      // Below the 75 s that the program keeps connections: so it never closes one that is about to be used.
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
      // Requests that wait for news must not weigh like those that work.
      loadBalancingAlgorithmType: TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      healthCheck: {
        // Of the process alone: ECS replaces a task that fails here, and a new one would not reach DynamoDB either.
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
