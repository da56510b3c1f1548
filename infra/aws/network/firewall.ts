import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnIPSet, CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { CLIENT_ADDRESS_HEADER } from './api-gateway';

const FIVE_MINUTES = 300;
const MINUTE = 60;
/** Per client address. Generous, because many households may share one. */
export const REQUESTS_IN_FIVE_MINUTES = 3_000;
const TOO_MANY = 'too-many';
/** WAF looks at the rate about every ten seconds, so a client that waits this long is let through again. */
const RETRY_AFTER_SECONDS = MINUTE;
/** Fields of a request that contain credentials or personal data. */
const REDACTED_HEADERS = ['authorization', 'cookie', 'stripe-signature'];

interface FirewallProps {
  readonly name: string;
  readonly balancer: IApplicationLoadBalancer;
  readonly requestsPerSecond: number;
  readonly logDays: number & RetentionDays;
}

/** AWS WAF. It cannot protect an HTTP API, so it protects the load balancer, which receives all requests. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { name, balancer, requestsPerSecond, logDays }: FirewallProps) {
    super(scope, id);
    const firewall = new CfnWebACL(this, 'Rules', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(name),
      customResponseBodies: { [TOO_MANY]: TOO_MANY_REQUESTS },
      dataProtectionConfig: { dataProtections: redactions() },
      rules: [
        blockedAddresses(0, this.addressSet('Blocked4', `${name}-blocked`, 'IPV4')),
        blockedAddresses(1, this.addressSet('Blocked6', `${name}-blocked-6`, 'IPV6')),
        rateRule(2, TOO_MANY, {
          limit: REQUESTS_IN_FIVE_MINUTES,
          evaluationWindowSec: FIVE_MINUTES,
          aggregateKeyType: 'FORWARDED_IP',
          forwardedIpConfig: FORWARDED_IP,
        }),
        managedRules(3, 'AWSManagedRulesKnownBadInputsRuleSet'),
        // These only count: the application accepts bodies of up to 100 kB and escapes text in its output, and API
        // clients and webhooks may send no User-Agent.
        managedRules(4, 'AWSManagedRulesCommonRuleSet', [
          'SizeRestrictions_BODY',
          'CrossSiteScripting_BODY',
          'NoUserAgent_HEADER',
        ]),
        // Protects the tasks. The last rule, so that requests blocked by another rule do not count.
        rateRule(5, 'too-many-in-total', {
          limit: requestsPerSecond * MINUTE,
          evaluationWindowSec: MINUTE,
          aggregateKeyType: 'CONSTANT',
          scopeDownStatement: EVERY_REQUEST,
        }),
      ],
    });
    new CfnWebACLAssociation(this, 'Stands', {
      resourceArn: balancer.loadBalancerArn,
      webAclArn: firewall.attrArn,
    });
    this.logDecisions(name, firewall, logDays);
  }

  /** An operator fills it during an attack: see docs/runbook.md. Deployments leave the addresses as they are. */
  private addressSet(id: string, name: string, ipAddressVersion: 'IPV4' | 'IPV6'): CfnIPSet {
    return new CfnIPSet(this, id, { name, scope: 'REGIONAL', ipAddressVersion, addresses: [] });
  }

  /** Logs blocked and counted requests, without query strings and credentials. */
  private logDecisions(name: string, firewall: CfnWebACL, retention: RetentionDays): void {
    const log = new LogGroup(this, 'Log', {
      // WAF only writes to groups with this prefix. Deleted with the stack, because a group that remained would block
      // the next deployment under the same name.
      logGroupName: `aws-waf-logs-${name}`,
      retention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const permission = log.grantWrite(new ServicePrincipal('delivery.logs.amazonaws.com'));
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: firewall.attrArn,
      // `logGroupArn` ends in `:*`, which WAF does not accept.
      logDestinationConfigs: [Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${log.logGroupName}` })],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }, { ActionCondition: { Action: 'COUNT' } }],
          },
        ],
      },
    });
    permission.applyBefore(logging);
  }
}

const FORWARDED_IP = { headerName: CLIENT_ADDRESS_HEADER, fallbackBehavior: 'NO_MATCH' };

/** Matches every request, since a path has at least one character. */
const EVERY_REQUEST: CfnWebACL.StatementProperty = {
  sizeConstraintStatement: {
    fieldToMatch: { uriPath: {} },
    comparisonOperator: 'GE',
    size: 1,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

/** The same problem as that of the application's own limits. */
const TOO_MANY_REQUESTS: CfnWebACL.CustomResponseBodyProperty = {
  contentType: 'APPLICATION_JSON',
  content: JSON.stringify({
    type: 'about:blank',
    title: 'Too Many Requests',
    status: 429,
    code: 'request.too_many',
    detail: 'Too many requests. Try again after the number of seconds in Retry-After.',
  }),
};

function rateRule(
  priority: number,
  name: string,
  rateBasedStatement: CfnWebACL.RateBasedStatementProperty,
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    action: {
      block: {
        customResponse: {
          responseCode: 429,
          responseHeaders: [{ name: 'Retry-After', value: `${RETRY_AFTER_SECONDS}` }],
          customResponseBodyKey: TOO_MANY,
        },
      },
    },
    statement: { rateBasedStatement },
    visibilityConfig: visibility(name),
  };
}

function blockedAddresses(priority: number, { attrArn: arn, ipAddressVersion }: CfnIPSet): CfnWebACL.RuleProperty {
  const name = `blocked-${ipAddressVersion.toLowerCase()}`;
  return {
    name,
    priority,
    action: { block: {} },
    statement: { ipSetReferenceStatement: { arn, ipSetForwardedIpConfig: { ...FORWARDED_IP, position: 'FIRST' } } },
    visibilityConfig: visibility(name),
  };
}

/** A rule group managed by AWS. The rules in `onlyCounted` count requests instead of blocking them. */
function managedRules(priority: number, name: string, onlyCounted: readonly string[] = []): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(name),
  };
}

/** Applies to the log and to sampled requests. */
function redactions(): CfnWebACL.DataProtectProperty[] {
  return [
    { action: 'SUBSTITUTION', field: { fieldType: 'QUERY_STRING' } },
    { action: 'SUBSTITUTION', field: { fieldType: 'BODY' } },
    { action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: REDACTED_HEADERS } },
  ];
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
