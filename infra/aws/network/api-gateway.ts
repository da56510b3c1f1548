import { Duration, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  HttpApi,
  HttpRoute,
  HttpRouteKey,
  type HttpRouteIntegration,
  HttpStage,
  type IHttpApi,
  LogGroupLogDestination,
  MappingValue,
  ParameterMapping,
  SecurityPolicy,
  type ThrottleSettings,
  VpcLink,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpAlbIntegration, HttpServiceDiscoveryIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IService } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import type { Domain, Inputs } from '../inputs';
import type { Network } from './network';
import { SIZES } from '../sizes';

/** The gateway writes the client's address into this header and overwrites any value from the client. */
export const CLIENT_ADDRESS_HEADER = 'x-client-address';
/**
 * Limits for all clients together, in requests per second. The gateway counts a request before WAF can block it, so they
 * are far above what one client address can send. WAF protects the tasks. AWS allows an account 10,000 and a burst of
 * 5,000.
 */
const THROTTLE_BEFORE_FIREWALL = { rateLimit: 5_000, burstLimit: 5_000 } as const;
/** The limit of API Gateway is 30 s. The application holds a request for at most 20 s. */
const INTEGRATION_TIMEOUT = Duration.seconds(29);

interface ApiGatewayProps {
  readonly inputs: Inputs;
  readonly network: Network;
  readonly log: ILogGroup;
}

/** The public entry: an HTTP API that forwards every request through a VPC link. */
export class ApiGateway extends Construct {
  readonly publicUrl: string;
  /** The DNS alias target of the custom domain, if there is one. */
  readonly dnsTarget: string | undefined;
  private readonly api: HttpApi;
  private readonly domain: Domain | undefined;
  private readonly vpcLink: VpcLink;

  constructor(scope: Construct, id: string, { inputs, network, log }: ApiGatewayProps) {
    super(scope, id);
    const { domain } = inputs;
    this.domain = domain;
    this.api = new HttpApi(this, 'Api', {
      apiName: inputs.name,
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    const customDomain =
      domain &&
      new DomainName(this, 'Domain', {
        domainName: domain.name,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        securityPolicy: SecurityPolicy.TLS_1_2,
      });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: throttleOf(inputs),
      domainMapping: customDomain && { domainName: customDomain },
      // Without path and query, which may contain personal data.
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: ACCESS_LOG },
    });
    this.vpcLink = new VpcLink(this, 'Link', {
      vpc: network.vpc,
      subnets: { subnets: network.subnets },
      securityGroups: [network.vpcLink],
    });
    this.publicUrl = domain ? `https://${domain.name}` : this.api.apiEndpoint;
    this.dnsTarget = customDomain?.regionalDomainName;
  }

  get metrics(): Pick<IHttpApi, 'metricCount' | 'metricServerError' | 'metricClientError' | 'metricLatency'> {
    return this.api;
  }

  routeToLoadBalancer(listener: IApplicationListener): void {
    const tls = { secureServerName: this.domain?.name };
    this.route(
      new HttpAlbIntegration('Program', listener, { ...this.forwarding(), ...tls, timeout: INTEGRATION_TIMEOUT }),
    );
  }

  /** Sends requests to the healthy tasks that are registered with Cloud Map. Here the CDK leaves the timeout at 30 s. */
  routeToTasksOf(service: IService): void {
    this.route(new HttpServiceDiscoveryIntegration('Program', service, this.forwarding()));
  }

  private forwarding() {
    return {
      vpcLink: this.vpcLink,
      parameterMapping: new ParameterMapping().overwriteHeader(
        CLIENT_ADDRESS_HEADER,
        MappingValue.contextVariable('identity.sourceIp'),
      ),
    };
  }

  /** One route for all requests. The application does the routing and the access control. */
  private route(integration: HttpRouteIntegration): void {
    const everything = new HttpRoute(this, 'Everything', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration,
    });
    Validations.of(everything).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The application verifies tokens, and each of its routes declares who may call it.',
    });
  }
}

/** Without a firewall, the gateway protects the tasks: twice the rate for a moment. */
function throttleOf({ size }: Inputs): ThrottleSettings {
  const { services, requestsPerSecond } = SIZES[size];
  return 'all' in services
    ? { rateLimit: requestsPerSecond, burstLimit: 2 * requestsPerSecond }
    : THROTTLE_BEFORE_FIREWALL;
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
