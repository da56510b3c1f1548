import { Duration, Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { Alarms, MonitoredResources } from './alarms';
import {
  bounceRate,
  complaintRate,
  errorRate,
  messageAge,
  responseTime,
  smsSpend,
  throttledRequests,
  visibleMessages,
} from './metrics';

const HALF_WIDTH = 12;
const THIRD_WIDTH = 8;

/** The CloudWatch dashboard: requests, order generation, failures, queues, tasks and mail. */
export function dashboard(
  scope: Construct,
  {
    inputs,
    data,
    logs,
    gateway,
    healthyTasks,
    services,
    alarms,
  }: MonitoredResources & { services: readonly FargateService[]; alarms: Alarms },
): void {
  const { workQueues } = data.messaging;
  const board = new Dashboard(scope, 'Dashboard', { dashboardName: inputs.name, defaultInterval: Duration.hours(12) });
  board.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms.all], width: 24, height: 4 }));
  board.addWidgets(
    graph('Requests', THIRD_WIDTH, [gateway.metrics.metricCount({ statistic: 'Sum', label: 'requests' })]),
    graph('Errors', THIRD_WIDTH, [
      errorRate(gateway.metrics),
      gateway.metrics.metricClientError({ statistic: 'Sum', label: '4xx' }),
      blocked(scope, inputs.name),
    ]),
    graph('Response time', THIRD_WIDTH, [responseTime(logs, 'p50'), responseTime(logs, 'p99')]),
  );
  board.addWidgets(
    graph('Order generation (s)', HALF_WIDTH, [
      logs.metric('GenerationOverdue', { statistic: 'Maximum', label: 'overdue' }),
      logs.metric('GenerationTook', { statistic: 'Maximum', label: 'from the cutoff to the last order' }),
    ]),
    graph('Failures', HALF_WIDTH, [
      logs.metric('GenerationFault', { label: 'subscriptions undecided' }),
      logs.metric('DutyFailed', { label: 'scheduled tasks failed' }),
      logs.metric('PaymentUndecided', { label: 'payments undecided' }),
      logs.metric('PaymentDisputed', { label: 'payments disputed' }),
      logs.metric('OutboxParked', { label: 'events parked' }),
      logs.metric('EventNotPublished', { label: 'events that the bus did not take' }),
      logs.metric('MessageFailed', { label: 'messages failed' }),
      logs.metric('RevocationPollFailed', { label: 'reads of ended access tokens failed' }),
      logs.metric('ResetLinkLost', { label: 'reset mails dropped' }),
      logs.metric('NotificationDead', { label: 'mails and SMS not sent' }),
      logs.metric('RecipientRefused', { label: 'recipients refused' }),
      logs.metric('SmsSent', { label: 'SMS sent' }),
      logs.metric('SmsReported', { label: 'SMS reported as arrived or failed' }),
      logs.metric('SmsFailed', { label: 'SMS that did not arrive' }),
      logs.metric('MessageSuppressed', { label: 'messages not sent because of a limit' }),
      logs.metric('ReconciliationViolations', { statistic: 'Maximum', label: 'violations' }),
      logs.metric('TasksEnded', { label: 'tasks stopped unexpectedly' }),
    ]),
  );
  board.addWidgets(
    graph(
      'Messages in queues',
      THIRD_WIDTH,
      workQueues.map(({ queue }) => visibleMessages(queue)),
    ),
    graph('Age of the oldest message (s)', THIRD_WIDTH, [
      ...workQueues.map(({ queue }) => messageAge(queue)),
      logs.metric('OutboxOldest', { statistic: 'Maximum', label: 'outbox' }),
    ]),
    graph(
      'Dead letters',
      THIRD_WIDTH,
      workQueues.map(({ deadLetterQueue }) => visibleMessages(deadLetterQueue)),
    ),
  );
  board.addWidgets(
    graph(
      'CPU (%)',
      THIRD_WIDTH,
      services.map((service) => service.metricCpuUtilization()),
    ),
    graph(
      'Memory (%)',
      THIRD_WIDTH,
      services.map((service) => service.metricMemoryUtilization()),
    ),
    graph('Healthy api tasks', THIRD_WIDTH, [healthyTasks]),
  );
  board.addWidgets(
    graph('Requests throttled by DynamoDB', THIRD_WIDTH, [throttledRequests()]),
    graph('Mail bounces and complaints', THIRD_WIDTH, [bounceRate(), complaintRate()]),
    graph('Spend on SMS this month', THIRD_WIDTH, [smsSpend(inputs.smsProvider)]),
  );
  board.addWidgets(
    graph('Accounts', HALF_WIDTH, [
      logs.metric('SignInFailed', { label: 'sign-ins failed' }),
      logs.metric('AdminAdded', { label: 'admins added' }),
      logs.metric('AdminTokenIssued', { label: 'admin tokens issued' }),
      logs.metric('WalletAdjusted', { label: 'wallets adjusted' }),
    ]),
    graph('Adjustments of wallets (amount)', HALF_WIDTH, [logs.metric('WalletAdjustedAmount', { label: 'moved' })]),
  );
}

function graph(title: string, width: number, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, width, left, leftYAxis: { min: 0 } });
}

/** Requests that the firewall blocked. */
function blocked(scope: Construct, name: string): Metric {
  return new Metric({
    namespace: 'AWS/WAFV2',
    metricName: 'BlockedRequests',
    statistic: 'Sum',
    label: 'blocked',
    dimensionsMap: { WebACL: name, Region: Stack.of(scope).region, Rule: 'ALL' },
  });
}
