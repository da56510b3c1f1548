import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { CLIENT_ADDRESS_HEADER } from './api-gateway';

const FIVE_MINUTES = 300;
/** Per client address. Generous, because many households may share one. */
const REQUESTS_IN_FIVE_MINUTES = 3_000;

interface FirewallProps {
  readonly name: string;
  readonly balancer: IApplicationLoadBalancer;
}

/** AWS WAF. It cannot protect an HTTP API, so it protects the load balancer, which receives all requests. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { name, balancer }: FirewallProps) {
    super(scope, id);
    const firewall = new CfnWebACL(this, 'Rules', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(name),
      rules: [
        {
          name: 'too-many',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: {
            rateBasedStatement: {
              limit: REQUESTS_IN_FIVE_MINUTES,
              evaluationWindowSec: FIVE_MINUTES,
              aggregateKeyType: 'FORWARDED_IP',
              forwardedIpConfig: { headerName: CLIENT_ADDRESS_HEADER, fallbackBehavior: 'NO_MATCH' },
            },
          },
          visibilityConfig: visibility('too-many'),
        },
        // These only count: the application accepts bodies of up to 100 kB and escapes text in its output, and API
        // clients and webhooks may send no User-Agent.
        managedRules(1, 'AWSManagedRulesCommonRuleSet', [
          'SizeRestrictions_BODY',
          'CrossSiteScripting_BODY',
          'NoUserAgent_HEADER',
        ]),
        managedRules(2, 'AWSManagedRulesKnownBadInputsRuleSet'),
      ],
    });
    new CfnWebACLAssociation(this, 'Stands', {
      resourceArn: balancer.loadBalancerArn,
      webAclArn: firewall.attrArn,
    });
  }
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

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
