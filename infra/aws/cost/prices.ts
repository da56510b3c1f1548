/**
 * US$ list prices in ap-south-1 (Mumbai), from the price pages of AWS. They were collected in 2026 and not checked again on
 * 2026-11-30: check them before you rely on a figure. A month has 730 hours. Free tiers, taxes and support are not included.
 */
export const PRICES = {
  /** https://aws.amazon.com/fargate/pricing, Linux on ARM, per hour. */
  fargate: { vcpu: 0.034, gigabyte: 0.00372 },
  /** https://aws.amazon.com/vpc/pricing, per hour and per gigabyte. */
  natGateway: { hour: 0.056, gigabyte: 0.056 },
  publicAddressHour: 0.005,
  /** https://aws.amazon.com/privatelink/pricing, per hour in one zone, and per gigabyte. */
  interfaceEndpoint: { hour: 0.013, gigabyte: 0.01 },
  /** https://aws.amazon.com/elasticloadbalancing/pricing, per hour, and per hour of a capacity unit. */
  loadBalancer: { hour: 0.0239, capacityUnitHour: 0.008 },
  /** https://aws.amazon.com/route53/pricing: a private hosted zone. */
  hostedZone: 0.5,
  /** https://aws.amazon.com/cloud-map/pricing: an instance, and a million lookups. */
  cloudMap: { instance: 0.1, millionLookups: 1 },
  /** https://aws.amazon.com/api-gateway/pricing, HTTP APIs. */
  gatewayMillion: 1.05,
  /** https://aws.amazon.com/waf/pricing. */
  waf: { acl: 5, rule: 1, millionRequests: 0.6 },
  /** https://aws.amazon.com/dynamodb/pricing/on-demand, standard class. Recovery: point-in-time. */
  dynamo: { millionWrites: 0.7125, millionReads: 0.1425, gigabyte: 0.285, recoveryGigabyte: 0.228 },
  /** https://aws.amazon.com/cloudwatch/pricing: an alarm per metric that it watches. */
  cloudWatch: { alarmMetric: 0.1, metric: 0.3, dashboard: 3, logGigabyte: 0.67, storedLogGigabyte: 0.03 },
  /** https://aws.amazon.com/secrets-manager/pricing. */
  secret: 0.4,
  /** https://aws.amazon.com/kms/pricing. */
  key: 1,
  /** https://aws.amazon.com/sqs/pricing and https://aws.amazon.com/sns/pricing, per million. */
  queueMillion: 0.4,
  topicMillion: 0.5,
  /** https://aws.amazon.com/ses/pricing, per mail. */
  mail: 0.0001,
  /** https://aws.amazon.com/s3/pricing. */
  s3: { write: 0.000005, gigabyte: 0.025 },
  /** https://aws.amazon.com/ecr/pricing. */
  imageGigabyte: 0.1,
  /** https://aws.amazon.com/ec2/pricing/on-demand, to the internet. */
  egressGigabyte: 0.1093,
  /** SMS to India: registered with the operators (DLT), and by the international route. Older figures, the least certain. */
  sms: { registered: 0.0026, international: 0.0217 },
} as const;

export const HOURS = 730;
export const DAYS = HOURS / 24;
