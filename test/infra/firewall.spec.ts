import { REQUESTS_IN_FIVE_MINUTES } from '../../infra/aws/network/firewall';
import { SIZES } from '../../infra/aws/sizes';
import { RateLimitExceeded } from '../../src/platform/errors';
import { type Deployment, onlyResource, propertiesOfType, synthesize } from './deployment';

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: {
    readonly Block?: {
      readonly CustomResponse?: {
        readonly ResponseCode: number;
        readonly ResponseHeaders: object[];
        readonly CustomResponseBodyKey: string;
      };
    };
  };
  readonly Statement: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly VisibilityConfig: object;
}

interface Firewall {
  readonly Rules: Rule[];
  readonly CustomResponseBodies: Readonly<Record<string, { readonly Content: string }>>;
  readonly DataProtectionConfig: { readonly DataProtections: object[] };
  readonly VisibilityConfig: object;
}

interface Stage {
  readonly DefaultRouteSettings: { readonly ThrottlingRateLimit: number; readonly ThrottlingBurstLimit: number };
  readonly AccessLogSettings: { readonly Format: string };
}

describe('the firewall', () => {
  let deployment: Deployment;
  let firewall: Firewall;
  let rules: Rule[];
  beforeAll(async () => {
    deployment = await synthesize();
    firewall = onlyResource<Firewall>(deployment.service, 'AWS::WAFv2::WebACL').Properties;
    rules = [...firewall.Rules].sort((a, b) => a.Priority - b.Priority);
  });
  const rule = (name: string) => rules.find(({ Name }) => Name === name);

  it('protects the load balancer', () => {
    const { ResourceArn: arn } = onlyResource(deployment.service, 'AWS::WAFv2::WebACLAssociation').Properties;
    expect(arn).toEqual({ Ref: expect.stringMatching(/^LoadBalancer/) });
  });

  it('limits each client by the address that the gateway passes on', () => {
    const forwarded = { HeaderName: 'x-client-address', FallbackBehavior: 'NO_MATCH' };
    expect(rule('too-many')?.Statement.RateBasedStatement).toEqual({
      Limit: REQUESTS_IN_FIVE_MINUTES,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'FORWARDED_IP',
      ForwardedIPConfig: forwarded,
    });
    for (const name of ['blocked-ipv4', 'blocked-ipv6']) {
      expect(rule(name)?.Statement.IPSetReferenceStatement?.IPSetForwardedIPConfig).toEqual({
        ...forwarded,
        Position: 'FIRST',
      });
    }
  });

  it('lets one client use up neither the limit of the gateway nor the total', () => {
    const perClient = REQUESTS_IN_FIVE_MINUTES / 300;
    const { DefaultRouteSettings: limits } = onlyResource<Stage>(
      deployment.service,
      'AWS::ApiGatewayV2::Stage',
    ).Properties;
    expect(limits.ThrottlingRateLimit).toBeGreaterThanOrEqual(100 * perClient);
    expect(limits.ThrottlingBurstLimit).toBeGreaterThanOrEqual(100 * perClient);
    for (const { requestsPerSecond } of [SIZES.small, SIZES.large]) {
      expect(limits.ThrottlingRateLimit).toBeGreaterThan(requestsPerSecond);
      expect(requestsPerSecond).toBeGreaterThanOrEqual(10 * perClient);
    }
    // Requests that another rule blocks do not count towards the total.
    expect(rules.at(-1)?.Name).toBe('too-many-in-total');
    expect(rules.at(-1)?.Statement.RateBasedStatement).toMatchObject({
      AggregateKeyType: 'CONSTANT',
      Limit: SIZES.small.requestsPerSecond * 60,
      EvaluationWindowSec: 60,
    });
  });

  it.each(['too-many', 'too-many-in-total'])('answers like the limits of the application: %s', (name) => {
    const response = rule(name)?.Action?.Block?.CustomResponse;
    expect(response).toMatchObject({ ResponseCode: 429, ResponseHeaders: [{ Name: 'Retry-After', Value: '60' }] });
    const { Content: content = '' } = firewall.CustomResponseBodies[response?.CustomResponseBodyKey ?? ''] ?? {};
    expect(JSON.parse(content)).toMatchObject({ status: 429, code: RateLimitExceeded.code });
  });

  it('blocks known bad inputs', () => {
    const managed = rules.flatMap(({ Statement: { ManagedRuleGroupStatement: group } }) => group?.Name ?? []);
    expect(managed).toEqual(['AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesCommonRuleSet']);
  });

  it('logs what it blocks or counts, and keeps samples, both without personal data', () => {
    const groups = propertiesOfType<{ LogGroupName?: string }>(deployment.service, 'AWS::Logs::LogGroup');
    expect(groups.map(({ LogGroupName: name }) => name)).toContain('aws-waf-logs-milkround');
    const { Properties: logging } = onlyResource(deployment.service, 'AWS::WAFv2::LoggingConfiguration');
    expect(logging).toMatchObject({
      LoggingFilter: {
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
    for (const { VisibilityConfig: visibility } of [firewall, ...rules]) {
      expect(visibility).toMatchObject({ SampledRequestsEnabled: true });
    }
    const substitution = { Action: 'SUBSTITUTION' };
    expect(firewall.DataProtectionConfig.DataProtections).toEqual([
      { ...substitution, Field: { FieldType: 'QUERY_STRING' } },
      { ...substitution, Field: { FieldType: 'BODY' } },
      {
        ...substitution,
        Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie', 'stripe-signature'] },
      },
    ]);
  });

  it('leaves no whole URLs in other logs', () => {
    const { LoadBalancerAttributes: attributes } = onlyResource<{
      LoadBalancerAttributes: { Key: string; Value: string }[];
    }>(deployment.service, 'AWS::ElasticLoadBalancingV2::LoadBalancer').Properties;
    expect(attributes.filter(({ Key, Value }) => /logs.*enabled/.test(Key) && Value === 'true')).toEqual([]);
    const { AccessLogSettings: log } = onlyResource<Stage>(deployment.service, 'AWS::ApiGatewayV2::Stage').Properties;
    expect(log.Format).not.toMatch(/path|query|routeKey/i);
  });
});
