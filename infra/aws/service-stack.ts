import { CfnOutput, Fn, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Cluster, ContainerImage, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { Alarms } from './alarms';
import { ApiGateway } from './api-gateway';
import { ApiService } from './api-service';
import { createAppImage } from './app-image';
import { dashboard } from './dashboard';
import type { DataStack } from './data-stack';
import { environmentOf } from './environment';
import { Firewall } from './firewall';
import type { Inputs } from './inputs';
import { LoadBalancer } from './load-balancer';
import { Logs } from './logs';
import { Network } from './network';
import { SIZES } from './sizes';
import { CommandTask, type SharedTaskProps } from './tasks';
import { WorkerService } from './worker-service';

interface ServiceStackProps extends StackProps {
  readonly inputs: Inputs;
  readonly data: DataStack;
}

/** What runs: the program, and the way to it. All of it can be deleted and made anew. */
export class ServiceStack extends Stack {
  private readonly zones: readonly string[];

  constructor(scope: Construct, id: string, { inputs, data, ...props }: ServiceStackProps) {
    super(scope, id, { description: 'Milkround: what runs', ...props });
    this.zones = inputs.zones;
    const size = SIZES[inputs.size];
    const network = new Network(this, 'Network', { size, logs: data.logs, otlpEndpoint: inputs.otlpEndpoint });
    const logs = new Logs(this, 'Logs', { name: inputs.name, days: size.logDays });
    const gateway = new ApiGateway(this, 'Gateway', { inputs, size, network, log: logs.gateway });
    const balancer = new LoadBalancer(this, 'LoadBalancer', { network, logs: data.logs });
    gateway.routeTo(balancer.listener);
    new Firewall(this, 'Firewall', { name: inputs.name, balancer: balancer.balancer });

    const cluster = new Cluster(this, 'Cluster', {
      vpc: network.vpc,
      clusterName: inputs.name,
      containerInsightsV2: size.containerInsights ? ContainerInsights.ENABLED : ContainerInsights.DISABLED,
    });
    if (!size.containerInsights) {
      Validations.of(cluster).acknowledge({
        id: 'AwsSolutions-ECS4',
        reason: 'For the few tasks of a small dairy it costs more than they do; size large has it.',
      });
    }
    const kit: SharedTaskProps = {
      image: ContainerImage.fromDockerImageAsset(createAppImage(this)),
      environment: environmentOf({ inputs, data, publicUrl: gateway.publicUrl, region: this.region }),
      secrets: data.secrets.forApp,
      log: logs.app,
      data,
    };
    const api = new ApiService(this, 'Api', { kit, cluster, network, balancer, size: size.api });
    const worker = new WorkerService(this, 'Worker', { kit, cluster, network, size: size.worker });
    // Readers first: workers know the messages of a version before its api sends any (ADR 21).
    api.service.node.addDependency(worker.service);
    const command = new CommandTask(this, 'Command', { kit, adminPassword: data.secrets.adminPassword });

    const alarms = new Alarms(this, 'Alarms', { inputs, data, logs, gateway, balancer });
    dashboard(this, { inputs, data, logs, gateway, balancer, services: [api.service, worker.service], alarms });

    this.output('ApiUrl', gateway.publicUrl, "The API's address; its page for people is at /docs");
    if (gateway.dnsTarget) this.output('DnsTarget', gateway.dnsTarget, "What the API's domain has to be an alias of");
    this.output('ProgramLog', logs.app.logGroupName, 'What the program says');
    this.output('ClusterName', cluster.clusterName, 'Where one-off commands run');
    this.output(
      'CommandFamily',
      command.definition.family,
      'What one-off commands are made of: see infra/aws/README.md',
    );
    this.output('TaskSubnets', network.privateSubnetIds.join(','), 'Where one-off commands run');
    this.output('TaskSecurityGroup', network.tasks.securityGroupId, 'What one-off commands may reach');
  }

  /** Those that were named; else the first ones, asked of nobody, so that a template can be written without an account. */
  override get availabilityZones(): string[] {
    if (this.zones.length > 0) return [...this.zones];
    return [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
