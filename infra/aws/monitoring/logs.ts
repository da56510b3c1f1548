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

/** The CloudWatch namespace of a deployment's metrics. */
export function namespaceOf(name: string): string {
  return `Milkround/${name}`;
}

/** The log groups, and the metrics derived from them. */
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
      // EventBridge only writes to groups under /aws/events. The group is deleted with the stack, because a group that
      // remained would block the next deployment under the same name.
      logGroupName: `/aws/events/${props.name}-ended-tasks`,
      retention: props.days,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.recordStoppedTasks();

    // Without requests that are slow on purpose: long polling of a delivery, and reports for admins.
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

  /** A metric of the application, which CloudWatch extracts from log lines, or of one of the filters above. */
  metric(name: string, options: MetricOptions = {}): Metric {
    return new Metric({ namespace: this.namespace, metricName: name, statistic: Stats.SUM, ...options });
  }

  private addMetricFilter(group: LogGroup, metricName: string, filterPattern: IFilterPattern, metricValue = '1'): void {
    group.addMetricFilter(metricName, { metricNamespace: this.namespace, metricName, filterPattern, metricValue });
  }

  /** Logs why tasks stopped, since ECS forgets it after an hour. Excludes planned stops and one-off commands. */
  private recordStoppedTasks(): void {
    const { stoppedTasks, props } = this;
    // `logGroupArn` ends in `:*`, which EventBridge does not accept.
    const arn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: stoppedTasks.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    stoppedTasks.grantWrite(new ServicePrincipal('events.amazonaws.com'));
    stoppedTasks.grantWrite(new ServicePrincipal('delivery.logs.amazonaws.com'));
    new Rule(this, 'TaskEnded', {
      description: `${props.name}: a task stopped unexpectedly`,
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
