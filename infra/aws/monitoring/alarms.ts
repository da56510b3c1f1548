import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { ApiGateway } from '../network/api-gateway';
import type { DataStack } from '../data-stack';
import { FIRST_COMMANDS } from './first-commands';
import type { Inputs } from '../inputs';
import type { Logs } from './logs';
import { encryptedTopic, serviceInThisAccount } from '../data/messaging';
import type { Probe } from './probe';
import {
  bounceRate,
  complaintRate,
  errorRate,
  messageAge,
  responseTime,
  smsFailureRate,
  smsSpend,
  throttledRequests,
  visibleMessages,
} from './metrics';

export interface MonitoredResources {
  readonly inputs: Inputs;
  readonly data: DataStack;
  readonly logs: Logs;
  readonly gateway: ApiGateway;
  /** The number of tasks that can answer requests. */
  readonly healthyTasks: IMetric;
  readonly probe?: Probe;
}

interface AlarmDefinition {
  readonly name: string;
  /** The section of docs/runbook.md, if it is not the name of the alarm. */
  readonly runbookSection?: string;
  /** The command to start with, if it is not that of the section. */
  readonly firstCommand?: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  /** Number of consecutive periods over the threshold. */
  readonly periods?: number;
  readonly missing?: TreatMissingData;
  readonly ignoreFewSamples?: boolean;
}

const AT_LEAST = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
const LESS_THAN = ComparisonOperator.LESS_THAN_THRESHOLD;
const OVER_FIVE_MINUTES = { period: Duration.minutes(5) };
const OVER_AN_HOUR = { period: Duration.hours(1) };
const MAXIMUM = { ...OVER_FIVE_MINUTES, statistic: 'Maximum' };

/** The alarms, sent to one e-mail address. docs/runbook.md has a section for each. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];
  private readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    private readonly resources: MonitoredResources,
  ) {
    super(scope, id);
    const { inputs, data } = resources;
    this.topic = encryptedTopic(this, 'Topic', `${inputs.name}-alarms`, data.messaging.key);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [serviceInThisAccount(this, 'cloudwatch')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
    this.topic.addSubscription(new EmailSubscription(inputs.alarmEmail));
    const definitions = [
      ...this.requestAlarms(),
      ...this.eventAlarms(),
      ...this.jobAlarms(),
      ...this.messageAlarms(),
      ...this.securityAlarms(),
    ];
    this.all = definitions.map((definition) => this.createAlarm(definition));
  }

  private requestAlarms(): AlarmDefinition[] {
    const { gateway, healthyTasks, logs, probe } = this.resources;
    return [
      ...(probe
        ? [
            {
              name: 'api-unreachable',
              metric: probe.failures,
              // Three of the five requests of a period.
              threshold: 3,
              missing: TreatMissingData.BREACHING,
            },
          ]
        : []),
      { name: 'errors', metric: errorRate(gateway.metrics), threshold: 1, periods: 2 },
      { name: 'slow', metric: responseTime(logs, 'p99'), threshold: 1_500, periods: 3, ignoreFewSamples: true },
      {
        name: 'no-healthy-task',
        metric: healthyTasks,
        threshold: 1,
        comparison: LESS_THAN,
        periods: 2,
        missing: TreatMissingData.BREACHING,
      },
      { name: 'throttled', metric: throttledRequests(), threshold: 10, periods: 2 },
    ];
  }

  private eventAlarms(): AlarmDefinition[] {
    const { data, logs, inputs } = this.resources;
    return [
      ...(inputs.eventBus === 'on'
        ? [
            {
              name: 'events-not-published',
              metric: logs.metric('EventNotPublished', OVER_FIVE_MINUTES),
              threshold: 10,
              periods: 2,
            },
          ]
        : []),
      ...data.messaging.workQueues.flatMap(({ name, queue, deadLetterQueue, maxAge }) => [
        {
          name: `dead-letters-${name}`,
          runbookSection: 'dead-letters',
          firstCommand: `ops dead ${name}`,
          metric: visibleMessages(deadLetterQueue),
          threshold: 1,
        },
        {
          name: `queue-delayed-${name}`,
          runbookSection: 'queue-delayed',
          metric: messageAge(queue),
          threshold: maxAge.toSeconds(),
          periods: 2,
        },
      ]),
      { name: 'outbox-parked', metric: logs.metric('OutboxParked', OVER_FIVE_MINUTES), threshold: 1 },
      {
        name: 'outbox-delayed',
        metric: logs.metric('OutboxOldest', MAXIMUM),
        threshold: 5 * 60,
        periods: 2,
        // Each worker reports it once a minute, unless it cannot read the outbox.
        missing: TreatMissingData.BREACHING,
      },
      {
        name: 'revocations-stale',
        metric: logs.metric('RevocationPollFailed', OVER_FIVE_MINUTES),
        threshold: 20,
      },
      { name: 'reset-mails-dropped', metric: logs.metric('ResetLinkLost', OVER_FIVE_MINUTES), threshold: 3 },
    ];
  }

  private jobAlarms(): AlarmDefinition[] {
    const { logs } = this.resources;
    return [
      { name: 'generation-late', metric: logs.metric('GenerationOverdue', MAXIMUM), threshold: 45 * 60 },
      { name: 'generation-faults', metric: logs.metric('GenerationFault', OVER_FIVE_MINUTES), threshold: 1 },
      {
        name: 'scheduler-silent',
        // The scheduler reports this metric at every check, three times a minute.
        metric: logs.metric('GenerationOverdue', { ...OVER_FIVE_MINUTES, statistic: 'SampleCount' }),
        threshold: 1,
        comparison: LESS_THAN,
        periods: 2,
        missing: TreatMissingData.BREACHING,
      },
      { name: 'scheduled-tasks-fail', metric: logs.metric('DutyFailed', OVER_FIVE_MINUTES), threshold: 3, periods: 2 },
      {
        name: 'payments-undecided',
        metric: logs.metric('PaymentUndecided', OVER_FIVE_MINUTES),
        threshold: 5,
        periods: 3,
      },
      { name: 'payment-disputed', metric: logs.metric('PaymentDisputed', OVER_FIVE_MINUTES), threshold: 1 },
      {
        name: 'reconciliation-violations',
        metric: logs.metric('ReconciliationViolations', { ...OVER_AN_HOUR, statistic: 'Maximum' }),
        threshold: 1,
      },
      {
        name: 'reconciliation-missing',
        // It runs once a day. Thirty hours leave it time to be late.
        metric: logs.metric('ReconciliationViolations', { period: Duration.hours(6), statistic: 'SampleCount' }),
        threshold: 1,
        comparison: LESS_THAN,
        periods: 5,
        missing: TreatMissingData.BREACHING,
      },
      { name: 'tasks-ended', metric: logs.metric('TasksEnded', OVER_FIVE_MINUTES), threshold: 2 },
    ];
  }

  /** Signs of an attack on accounts, or of a stolen admin account. */
  private securityAlarms(): AlarmDefinition[] {
    const { logs } = this.resources;
    return [
      { name: 'sign-ins-failing', metric: logs.metric('SignInFailed', OVER_FIVE_MINUTES), threshold: 100 },
      { name: 'admin-added', metric: logs.metric('AdminAdded', OVER_FIVE_MINUTES), threshold: 1 },
      { name: 'admin-token-issued', metric: logs.metric('AdminTokenIssued', OVER_FIVE_MINUTES), threshold: 1 },
      { name: 'wallets-adjusted', metric: logs.metric('WalletAdjusted', OVER_AN_HOUR), threshold: 50 },
      {
        name: 'wallets-adjusted-amount',
        runbookSection: 'wallets-adjusted',
        metric: logs.metric('WalletAdjustedAmount', OVER_AN_HOUR),
        threshold: 50_000,
      },
    ];
  }

  /** SES reviews an account at a bounce rate of 5 % or a complaint rate of 0.1 %. */
  private messageAlarms(): AlarmDefinition[] {
    return [
      {
        name: 'recipients-refused',
        metric: this.resources.logs.metric('RecipientRefused', OVER_AN_HOUR),
        threshold: 25,
      },
      {
        name: 'messages-failed',
        metric: this.resources.logs.metric('NotificationDead', OVER_AN_HOUR),
        threshold: 1,
      },
      { name: 'mail-bounces', metric: bounceRate(), threshold: 0.04 },
      { name: 'mail-complaints', metric: complaintRate(), threshold: 0.0008 },
      { name: 'sms-fail', metric: smsFailureRate(this.resources.logs), threshold: 20 },
      {
        name: 'sms-spend',
        metric: smsSpend(this.resources.inputs.smsProvider),
        threshold: this.resources.inputs.smsBudget,
        // Hours without SMS have no sample, and the spend has not fallen then.
        missing: TreatMissingData.IGNORE,
      },
    ];
  }

  /** An alarm without the name of the deployment. */
  named(name: string): Alarm {
    return this.node.findChild(name) as Alarm;
  }

  private createAlarm({
    name,
    runbookSection = name,
    firstCommand = FIRST_COMMANDS[runbookSection],
    metric,
    threshold,
    comparison = AT_LEAST,
    periods = 1,
    ...rest
  }: AlarmDefinition): Alarm {
    const alarm = new Alarm(this, name, {
      alarmName: `${this.resources.inputs.name}-${name}`,
      alarmDescription: `Meaning and what to do: ${this.resources.inputs.runbookUrl}#${runbookSection}\nStart with: ${firstCommand}`,
      metric,
      threshold,
      comparisonOperator: comparison,
      evaluationPeriods: periods,
      treatMissingData: rest.missing ?? TreatMissingData.NOT_BREACHING,
      evaluateLowSampleCountPercentile: rest.ignoreFewSamples ? 'ignore' : undefined,
    });
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }
}
