import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  type ISubnet,
  Peer,
  Port,
  SecurityGroup,
  type SubnetConfiguration,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DeploymentSize } from '../sizes';

/** The network's address range. The application trusts forwarded client addresses only from it. */
export const NETWORK_CIDR = '10.40.0.0/16';
export const APP_PORT = 3000;
const HTTP = 80;
const HTTPS = 443;

const INTERFACE_ENDPOINTS = {
  sqs: InterfaceVpcEndpointAwsService.SQS,
  logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
} as const;

interface NetworkProps {
  readonly size: DeploymentSize;
  readonly logs: IBucket;
  readonly otlpEndpoint: string | undefined;
  /** Whether the load balancer has a certificate. */
  readonly tls: boolean;
}

const OUTSIDE: SubnetConfiguration = {
  name: 'outside',
  subnetType: SubnetType.PUBLIC,
  cidrMask: 24,
  mapPublicIpOnLaunch: false,
};
const INSIDE: SubnetConfiguration = { name: 'inside', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 };

/**
 * The VPC. Load balancer and tasks accept connections only from the component before them: the VPC link, then the load
 * balancer, if there is one. They have no public addresses, unless there is no NAT gateway.
 */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly balancerPort: typeof HTTP | typeof HTTPS;
  readonly vpcLink: ISecurityGroup;
  /** Undefined if the VPC link reaches the tasks directly. */
  readonly loadBalancer: ISecurityGroup | undefined;
  readonly tasks: ISecurityGroup;
  /** Whether tasks reach the internet, and the APIs of AWS, with addresses of their own. */
  readonly tasksArePublic: boolean;

  constructor(scope: Construct, id: string, { size, logs, otlpEndpoint, tls }: NetworkProps) {
    super(scope, id);
    this.balancerPort = tls ? HTTPS : HTTP;
    this.tasksArePublic = size.natGateways === 0;
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(NETWORK_CIDR),
      maxAzs: size.zones,
      natGateways: size.natGateways,
      subnetConfiguration: this.tasksArePublic ? [OUTSIDE] : [OUTSIDE, INSIDE],
      gatewayEndpoints: {
        dynamodb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
        s3: { service: GatewayVpcEndpointAwsService.S3 },
      },
      // The default group is unused. A Lambda with permissions on this one group removes its rules.
      restrictDefaultSecurityGroup: true,
    });
    this.vpc.addFlowLog('Refused', {
      destination: FlowLogDestination.toS3(logs, 'network'),
      trafficType: FlowLogTrafficType.REJECT,
    });

    // A new description replaces a security group, and with it the VPC link. So leave them as they are.
    this.vpcLink = this.securityGroup('Link', 'API Gateway, inside the network');
    this.loadBalancer = 'all' in size.services ? undefined : this.securityGroup('Balancer', 'The load balancer');
    this.tasks = this.securityGroup('Tasks', 'The tasks of the program');
    if (this.loadBalancer) allowTraffic(this.vpcLink, this.loadBalancer, Port.tcp(this.balancerPort));
    allowTraffic(this.loadBalancer ?? this.vpcLink, this.tasks, Port.tcp(APP_PORT));
    this.tasks.addEgressRule(Peer.anyIpv4(), Port.tcp(HTTPS), 'AWS, Stripe and the OIDC issuer');
    const collectorPort = otlpEndpoint === undefined ? HTTPS : portOf(otlpEndpoint);
    if (collectorPort !== HTTPS) {
      this.tasks.addEgressRule(Peer.anyIpv4(), Port.tcp(collectorPort), 'OpenTelemetry collector');
    }
    size.interfaceEndpoints.forEach((name) => this.addInterfaceEndpoint(name));
  }

  /** The subnets of tasks, load balancer and VPC link. */
  get subnets(): ISubnet[] {
    return this.tasksArePublic ? this.vpc.publicSubnets : this.vpc.privateSubnets;
  }

  /** Where tasks run. */
  get taskPlacement() {
    return {
      vpcSubnets: { subnetType: (this.tasksArePublic ? OUTSIDE : INSIDE).subnetType },
      securityGroups: [this.tasks],
      assignPublicIp: this.tasksArePublic,
    };
  }

  private addInterfaceEndpoint(name: keyof typeof INTERFACE_ENDPOINTS): void {
    const endpointGroup = this.securityGroup(`${name}-door`, `The door to ${name}`);
    endpointGroup.addIngressRule(this.tasks, Port.tcp(HTTPS), 'From tasks');
    this.vpc.addInterfaceEndpoint(name, {
      service: INTERFACE_ENDPOINTS[name],
      securityGroups: [endpointGroup],
      open: false,
    });
  }

  private securityGroup(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === 'https:' ? HTTPS : 80));
}

function allowTraffic(from: ISecurityGroup, to: ISecurityGroup, port: Port): void {
  from.addEgressRule(to, port);
  to.addIngressRule(from, port);
}
