import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaCode, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

interface ProbeProps {
  readonly name: string;
  readonly publicUrl: string;
  readonly logDays: number & RetentionDays;
}

/** Shorter than the time limit of the function, so that the log names the cause. */
const ANSWER_MILLISECONDS = 10_000;

/** The error says what failed: the name, the certificate, the connection, or the status of the answer. */
const SOURCE = `
exports.handler = async () => {
  const response = await fetch(process.env.URL, { signal: AbortSignal.timeout(${ANSWER_MILLISECONDS}), redirect: 'error' });
  if (response.status !== 200) throw new Error(process.env.URL + ' answered ' + response.status);
};
`;

/**
 * Asks the public address of the API once a minute, from outside the network of the tasks. So it notices what the tasks
 * cannot: a wrong DNS record, an expired certificate, a gateway that does not reach them.
 */
export class Probe extends Construct {
  /** Requests that failed. It has a sample for each request. */
  readonly failures: Metric;

  constructor(scope: Construct, id: string, { name, publicUrl, logDays }: ProbeProps) {
    super(scope, id);
    const functionName = `${name}-probe`;
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    log.grantWrite(role);
    const probe = new LambdaCode(this, 'Function', {
      functionName,
      description: 'Asks the public address of the API whether it serves requests',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromInline(SOURCE),
      environment: { URL: `${publicUrl}/health/ready` },
      timeout: Duration.millis(ANSWER_MILLISECONDS + 5_000),
      // The next request follows in a minute.
      retryAttempts: 0,
      role,
      logGroup: log,
    });
    new Rule(this, 'Minute', {
      description: 'Runs the probe every minute',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(probe, { retryAttempts: 0 })],
    });
    this.failures = probe.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' });
  }
}
