import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { DataStack } from './data.stack';
import type { Gateway } from './gateway';
import type { Inputs } from './inputs';
import type { LoadBalancer } from './load-balancer';
import type { Logs } from './logs';
import { encryptedTopic, serviceOfThisAccount } from './messaging';
import {
  answerTime,
  bounceRate,
  complaintRate,
  errorRate,
  healthyTasks,
  messageAge,
  messagesIn,
  throttled,
} from './metrics';

export interface Watched {
  readonly inputs: Inputs;
  readonly data: DataStack;
  readonly logs: Logs;
  readonly gateway: Gateway;
  readonly balancer: LoadBalancer;
}

interface Watch {
  /** The alarm is called so, and so is its chapter in docs/runbook.md, unless several have one together. */
  readonly name: string;
  readonly chapter?: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  /** How many in a row. */
  readonly periods?: number;
  readonly missing?: TreatMissingData;
  readonly ignoreFewSamples?: boolean;
}

const AT_LEAST = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
const LESS = ComparisonOperator.LESS_THAN_THRESHOLD;
const FIVE_MINUTES = { period: Duration.minutes(5) };
const HIGHEST = { ...FIVE_MINUTES, statistic: 'Maximum' };

/** Everything that a person has to know of, sent to one address; docs/runbook.md has a chapter for each. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];
  private readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    private readonly watched: Watched,
  ) {
    super(scope, id);
    const { inputs, data } = watched;
    this.topic = encryptedTopic(this, 'Topic', `${inputs.name}-alarms`, data.messaging.key);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [serviceOfThisAccount(this, 'cloudwatch')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
    this.topic.addSubscription(new EmailSubscription(inputs.alarmEmail));
    const watches = [...this.requests(), ...this.events(), ...this.duties(), ...this.mails()];
    this.all = watches.map((watch) => this.add(watch));
  }

  private requests(): Watch[] {
    const { gateway, balancer, logs } = this.watched;
    return [
      { name: 'errors', metric: errorRate(gateway.metrics), threshold: 1, periods: 2 },
      { name: 'slow', metric: answerTime(logs, 'p99'), threshold: 1_500, periods: 3, ignoreFewSamples: true },
      {
        name: 'nobody-serves',
        metric: healthyTasks(balancer.tasks),
        threshold: 1,
        comparison: LESS,
        periods: 2,
        missing: TreatMissingData.BREACHING,
      },
      { name: 'throttled', metric: throttled(), threshold: 10, periods: 2 },
    ];
  }

  private events(): Watch[] {
    const { data, logs } = this.watched;
    return [
      ...data.messaging.workQueues.flatMap(({ name, queue, dead }) => [
        { name: `dead-letters-${name}`, chapter: 'dead-letters', metric: messagesIn(dead), threshold: 1 },
        {
          name: `queue-waits-${name}`,
          chapter: 'queue-waits',
          metric: messageAge(queue),
          threshold: 15 * 60,
          periods: 2,
        },
      ]),
      { name: 'outbox-parked', metric: logs.metric('OutboxParked', FIVE_MINUTES), threshold: 1 },
      { name: 'outbox-waits', metric: logs.metric('OutboxOldest', HIGHEST), threshold: 5 * 60, periods: 2 },
      { name: 'reset-links-lost', metric: logs.metric('ResetLinkLost', FIVE_MINUTES), threshold: 3 },
    ];
  }

  private duties(): Watch[] {
    const { logs } = this.watched;
    return [
      { name: 'evening-late', metric: logs.metric('GenerationOverdue', HIGHEST), threshold: 45 * 60 },
      { name: 'evening-faults', metric: logs.metric('GenerationFault', FIVE_MINUTES), threshold: 1 },
      {
        name: 'scheduler-silent',
        // It says how late it is whenever it looks, three times a minute.
        metric: logs.metric('GenerationOverdue', { ...FIVE_MINUTES, statistic: 'SampleCount' }),
        threshold: 1,
        comparison: LESS,
        periods: 2,
        missing: TreatMissingData.BREACHING,
      },
      { name: 'duties-fail', metric: logs.metric('DutyFailed', FIVE_MINUTES), threshold: 3, periods: 2 },
      { name: 'payments-undecided', metric: logs.metric('PaymentUndecided', FIVE_MINUTES), threshold: 5, periods: 3 },
      { name: 'tasks-ended', metric: logs.metric('TasksEnded', FIVE_MINUTES), threshold: 2 },
    ];
  }

  /** What SES itself looks at: it puts an account under review at 5 and 0.1 in a hundred. */
  private mails(): Watch[] {
    return [
      { name: 'mail-bounces', metric: bounceRate(), threshold: 0.04 },
      { name: 'mail-complaints', metric: complaintRate(), threshold: 0.0008 },
    ];
  }

  private add({ name, chapter = name, metric, threshold, comparison = AT_LEAST, periods = 1, ...rest }: Watch): Alarm {
    const alarm = new Alarm(this, name, {
      alarmName: `${this.watched.inputs.name}-${name}`,
      alarmDescription: `What it means and what to do first: docs/runbook.md#${chapter}`,
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
