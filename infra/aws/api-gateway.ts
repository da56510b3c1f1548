import { Duration, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  HttpApi,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpApi,
  LogGroupLogDestination,
  MappingValue,
  ParameterMapping,
  SecurityPolicy,
  VpcLink,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpAlbIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Inputs } from './inputs';
import type { Network } from './network';
import type { DeploymentSize } from './sizes';

/** The header in which the gateway says who asks, whatever the client itself wrote there. */
export const CLIENT_ADDRESS_HEADER = 'x-client-address';
/** The gateway waits for no more than 30 s; the longest that the program holds a request is 20 s. */
const INTEGRATION_TIMEOUT = Duration.seconds(29);

interface ApiGatewayProps {
  readonly inputs: Inputs;
  readonly size: DeploymentSize;
  readonly network: Network;
  readonly log: ILogGroup;
}

/** The way in: an HTTP API that hands everything to the load balancer inside the network. */
export class ApiGateway extends Construct {
  readonly publicUrl: string;
  /** What the DNS of the API's own domain has to lead to, when it has one. */
  readonly dnsTarget: string | undefined;
  private readonly api: HttpApi;
  private readonly vpcLink: VpcLink;

  constructor(scope: Construct, id: string, { inputs, size, network, log }: ApiGatewayProps) {
    super(scope, id);
    const { domain } = inputs;
    this.api = new HttpApi(this, 'Api', {
      apiName: inputs.name,
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    const ownDomain =
      domain &&
      new DomainName(this, 'Domain', {
        domainName: domain.name,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        securityPolicy: SecurityPolicy.TLS_1_2,
      });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: size.throttle.rate, burstLimit: size.throttle.burst },
      domainMapping: ownDomain && { domainName: ownDomain },
      // Neither the query nor the path: both may hold what is nobody else's business.
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: ACCESS_LOG },
    });
    this.vpcLink = new VpcLink(this, 'Link', {
      vpc: network.vpc,
      subnets: { subnets: network.vpc.privateSubnets },
      securityGroups: [network.vpcLink],
    });
    this.publicUrl = domain ? `https://${domain.name}` : this.api.apiEndpoint;
    this.dnsTarget = ownDomain?.regionalDomainName;
  }

  get metrics(): Pick<IHttpApi, 'metricCount' | 'metricServerError' | 'metricClientError' | 'metricLatency'> {
    return this.api;
  }

  /** Everything goes to the program, which knows its routes and who may call them. */
  routeTo(listener: IApplicationListener): void {
    const everything = new HttpRoute(this, 'Everything', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpAlbIntegration('Program', listener, {
        vpcLink: this.vpcLink,
        timeout: INTEGRATION_TIMEOUT,
        parameterMapping: new ParameterMapping().overwriteHeader(
          CLIENT_ADDRESS_HEADER,
          MappingValue.contextVariable('identity.sourceIp'),
        ),
      }),
    });
    Validations.of(everything).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The program itself checks tokens: who may call a route stands beside the route.',
    });
  }
}

const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    method: '$context.httpMethod',
    status: '$context.status',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    programMilliseconds: '$context.integrationLatency',
    error: '$context.error.message',
    programError: '$context.integrationErrorMessage',
  }),
);
