import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { SmsProvider } from '../../../src/modules/notification/domain/sms-provider';
import type { ApiGateway } from '../network/api-gateway';
import type { Logs } from './logs';

const FIVE_MINUTES = Duration.minutes(5);
const MINUTE = Duration.minutes(1);

const SMS_SPEND: Readonly<Record<SmsProvider, { namespace: string; metricName: string }>> = {
  sns: { namespace: 'AWS/SNS', metricName: 'SMSMonthToDateSpentUSD' },
  'end-user-messaging': { namespace: 'AWS/SMSVoice', metricName: 'TextMessageMonthlySpend' },
};

/** Percentage of 5xx responses; 0 if there are fewer than five. */
export function errorRate(gateway: ApiGateway['metrics']): MathExpression {
  return new MathExpression({
    label: '5xx (%)',
    expression: 'IF(errors >= 5, 100 * errors / requests, 0)',
    period: FIVE_MINUTES,
    usingMetrics: {
      errors: gateway.metricServerError({ period: FIVE_MINUTES, statistic: 'Sum' }),
      requests: gateway.metricCount({ period: FIVE_MINUTES, statistic: 'Sum' }),
    },
  });
}

/** Response time in milliseconds, without requests that are slow on purpose. */
export function responseTime(logs: Logs, statistic: 'p50' | 'p99'): Metric {
  return logs.metric('AnswerTime', { period: FIVE_MINUTES, statistic, label: `response ${statistic} (ms)` });
}

export function healthyTasks(tasks: ApplicationTargetGroup): Metric {
  return tasks.metrics.healthyHostCount({ period: MINUTE, statistic: 'Minimum' });
}

/** Each running task reports its CPU once a minute. ECS stops those that fail their health check. */
export function runningTasks(service: FargateService): Metric {
  return service.metricCpuUtilization({ period: MINUTE, statistic: 'SampleCount' });
}

export function visibleMessages(queue: IQueue): Metric {
  return queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' });
}

/** Age of the oldest message, in seconds. */
export function messageAge(queue: IQueue): Metric {
  return queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' });
}

/** Requests throttled by DynamoDB on any table of the account in this region, so that new tables need no new alarm. */
export function throttledRequests(): MathExpression {
  return new MathExpression({
    label: 'Throttled requests',
    expression: 'SELECT SUM(ThrottledRequests) FROM SCHEMA("AWS/DynamoDB", Operation, TableName)',
    period: FIVE_MINUTES,
    usingMetrics: {},
  });
}

export function bounceRate(): Metric {
  return reputationMetric('Reputation.BounceRate');
}

export function complaintRate(): Metric {
  return reputationMetric('Reputation.ComplaintRate');
}

/** The spend of the account on SMS in this region since the start of the month, in US$, reported after each SMS. */
export function smsSpend(provider: SmsProvider): Metric {
  return new Metric({
    ...SMS_SPEND[provider],
    period: Duration.hours(1),
    statistic: 'Maximum',
    label: 'SMS (US$)',
  });
}

/** Percentage of the reports of three hours that say an SMS did not arrive; 0 if fewer than ten do. */
export function smsFailureRate(logs: Logs): MathExpression {
  const period = Duration.hours(3);
  return new MathExpression({
    label: 'SMS failed (%)',
    expression: 'IF(failed >= 10, 100 * failed / reported, 0)',
    period,
    usingMetrics: { failed: logs.metric('SmsFailed', { period }), reported: logs.metric('SmsReported', { period }) },
  });
}

function reputationMetric(metricName: string): Metric {
  return new Metric({ namespace: 'AWS/SES', metricName, period: Duration.hours(1), statistic: 'Maximum' });
}
