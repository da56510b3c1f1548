import { Duration, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  SslPolicy,
  TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { Domain } from '../inputs';
import { APP_PORT, type Network } from './network';

/** How long a deregistered task may finish its requests: longer than the longest request. */
export const DEREGISTRATION_DELAY = Duration.seconds(30);

interface LoadBalancerProps {
  readonly network: Network;
  readonly domain: Domain | undefined;
}

/** The internal load balancer. Only API Gateway can reach it. */
export class LoadBalancer extends Construct {
  readonly balancer: ApplicationLoadBalancer;
  readonly listener: ApplicationListener;
  readonly tasks: ApplicationTargetGroup;

  constructor(scope: Construct, id: string, { network, domain }: LoadBalancerProps) {
    super(scope, id);
    this.balancer = new ApplicationLoadBalancer(this, 'Balancer', {
      vpc: network.vpc,
      vpcSubnets: { subnets: network.subnets },
      internetFacing: false,
      securityGroup: network.loadBalancer,
      // Less than the 75 s for which the application keeps idle connections, so that it never closes one in use.
      idleTimeout: Duration.seconds(60),
      dropInvalidHeaderFields: true,
    });
    Validations.of(this.balancer).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason:
        'Access logs hold whole URLs, with e-mail addresses and cursors. The gateway and the application log requests.',
    });
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
    // A certificate needs a domain, so without one this hop is not encrypted (ADR 34).
    const security = domain
      ? {
          protocol: ApplicationProtocol.HTTPS,
          certificates: [Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn)],
          sslPolicy: SslPolicy.RECOMMENDED_TLS,
        }
      : { protocol: ApplicationProtocol.HTTP };
    this.listener = this.balancer.addListener(domain ? 'Https' : 'Http', {
      ...security,
      port: network.balancerPort,
      open: false,
      defaultTargetGroups: [this.tasks],
    });
  }
}
