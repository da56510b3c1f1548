import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, type IFilterPattern, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

interface LogsProps {
  readonly name: string;
  readonly days: number & RetentionDays;
}

/** What the program logs as `metric`, and the field that holds the figure; without one, each line counts. */
export const PROGRAM_METRICS = {
  'generation.fault': undefined,
  'generation.lag_seconds': 'seconds',
  'generation.started': undefined,
  'generation.unfinished_seconds': 'seconds',
  'outbox.oldest_seconds': 'seconds',
  'outbox.parked': undefined,
  'password.forgot_lost': undefined,
  'password.forgot_refused': undefined,
} as const;

export type ProgramMetric = keyof typeof PROGRAM_METRICS;

/** Where lines go, and the figures that are read out of them. */
export class Logs extends Construct {
  readonly program: LogGroup;
  readonly gateway: LogGroup;
  private readonly endedTasks: LogGroup;
  private readonly namespace: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LogsProps,
  ) {
    super(scope, id);
    this.namespace = `Milkround/${props.name}`;
    this.program = new LogGroup(this, 'Program', { retention: props.days });
    this.gateway = new LogGroup(this, 'Gateway', { retention: props.days });
    this.endedTasks = new LogGroup(this, 'EndedTasks', {
      // EventBridge writes only to groups that are named like this; a name that stayed would be in the way.
      logGroupName: `/aws/events/${props.name}-ended-tasks`,
      retention: props.days,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.keepEndedTasks();

    for (const [name, field] of Object.entries(PROGRAM_METRICS)) {
      this.count(this.program, name, FilterPattern.stringValue('$.metric', '=', name), field && `$.${field}`);
    }
    // What waits on purpose says nothing about how fast the program is: who follows a delivery, an admin's sums.
    this.count(
      this.program,
      'answer.milliseconds',
      FilterPattern.literal(
        '{ $.msg = "Request answered" && $.path != "/delivery/D*" && $.path != "/admin/*" && $.path != "/analytics/*" }',
      ),
      '$.milliseconds',
    );
    this.count(this.endedTasks, 'tasks.ended', FilterPattern.allEvents());
  }

  metric(name: ProgramMetric | 'answer.milliseconds' | 'tasks.ended', options: MetricOptions = {}): Metric {
    return new Metric({ namespace: this.namespace, metricName: name, statistic: Stats.SUM, ...options });
  }

  private count(group: LogGroup, metricName: string, filterPattern: IFilterPattern, metricValue = '1'): void {
    group.addMetricFilter(metricName, { metricNamespace: this.namespace, metricName, filterPattern, metricValue });
  }

  /** ECS forgets after an hour why a task has ended. Those that were meant to end, and one-off commands, are none. */
  private keepEndedTasks(): void {
    const { endedTasks, props } = this;
    // That of a LogGroup ends in `:*`, which EventBridge does not take.
    const arn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: endedTasks.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    endedTasks.grantWrite(new ServicePrincipal('events.amazonaws.com'));
    endedTasks.grantWrite(new ServicePrincipal('delivery.logs.amazonaws.com'));
    new Rule(this, 'TaskEnded', {
      description: `${props.name}: a task ended that was not meant to`,
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Task State Change'],
        detail: {
          clusterArn: [{ suffix: `:cluster/${props.name}` }],
          group: [{ prefix: 'service:' }],
          lastStatus: ['STOPPED'],
          $or: [
            { stopCode: ['EssentialContainerExited', 'TaskFailedToStart'] },
            { stoppedReason: [{ prefix: 'Task failed' }] },
          ],
        },
      },
      targets: [{ bind: () => ({ arn }) }],
    });
  }
}
