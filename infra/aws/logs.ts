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

/** Under which name a deployment's figures stand. */
export function namespaceOf(name: string): string {
  return `Milkround/${name}`;
}

/** Where lines go, and the figures in them. */
export class Logs extends Construct {
  readonly app: LogGroup;
  readonly gateway: LogGroup;
  private readonly stoppedTasks: LogGroup;
  private readonly namespace: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LogsProps,
  ) {
    super(scope, id);
    this.namespace = namespaceOf(props.name);
    this.app = new LogGroup(this, 'Program', { retention: props.days });
    this.gateway = new LogGroup(this, 'Gateway', { retention: props.days });
    this.stoppedTasks = new LogGroup(this, 'EndedTasks', {
      // EventBridge writes only to groups that are named like this; a name that stayed would be in the way.
      logGroupName: `/aws/events/${props.name}-ended-tasks`,
      retention: props.days,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.recordStoppedTasks();

    // What waits on purpose says nothing about how fast the program is: who follows a delivery, an admin's sums.
    this.addMetricFilter(
      this.app,
      'AnswerTime',
      FilterPattern.literal(
        '{ $.msg = "Request answered" && $.path != "/delivery/D*" && $.path != "/admin/*" && $.path != "/analytics/*" }',
      ),
      '$.milliseconds',
    );
    this.addMetricFilter(this.stoppedTasks, 'TasksEnded', FilterPattern.allEvents());
  }

  /** A metric that the program declares, which CloudWatch reads from its log lines, or one of the filters above. */
  metric(name: string, options: MetricOptions = {}): Metric {
    return new Metric({ namespace: this.namespace, metricName: name, statistic: Stats.SUM, ...options });
  }

  private addMetricFilter(group: LogGroup, metricName: string, filterPattern: IFilterPattern, metricValue = '1'): void {
    group.addMetricFilter(metricName, { metricNamespace: this.namespace, metricName, filterPattern, metricValue });
  }

  /** ECS forgets after an hour why a task has ended. Those that were meant to end, and one-off commands, are none. */
  private recordStoppedTasks(): void {
    const { stoppedTasks: endedTasks, props } = this;
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
