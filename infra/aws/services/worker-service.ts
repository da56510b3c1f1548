import { Duration } from 'aws-cdk-lib';
import { AdjustmentType } from 'aws-cdk-lib/aws-applicationautoscaling';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService, ICluster } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { createService } from './api-service';
import type { Messaging } from '../data/messaging';
import type { Network } from '../network/network';
import type { TaskSize } from '../sizes';
import { createServiceTask, type SharedTaskProps } from './tasks';

interface WorkerServiceProps {
  readonly kit: SharedTaskProps;
  readonly cluster: ICluster;
  readonly network: Network;
  readonly size: TaskSize;
}

/** The ECS service that consumes queues and runs scheduled tasks. */
export class WorkerService extends Construct {
  readonly service: FargateService;

  constructor(scope: Construct, id: string, { kit, cluster, network, size }: WorkerServiceProps) {
    super(scope, id);
    const { definition } = createServiceTask(this, 'Worker', {
      kit,
      ...size,
      roles: ['worker', 'scheduler'],
      // The worker is deployed before the api.
      migrates: true,
      permissions: ['tables', 'migrate', 'schedule', 'publish', 'consume'],
    });
    this.service = createService(this, definition, { cluster, network });

    const scaling = this.service.autoScaleTaskCount({ minCapacity: size.min, maxCapacity: size.max });
    scaling.scaleOnCpuUtilization('Processor', {
      targetUtilizationPercent: 70,
      scaleOutCooldown: Duration.seconds(60),
      scaleInCooldown: Duration.minutes(5),
    });
    // Above 20, because the shard messages of a generation run, eight by default, should not start another task.
    scaling.scaleOnMetric('Waiting', {
      metric: queueDepth(kit.data.messaging),
      adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
      scalingSteps: [
        { upper: 0, change: -1 },
        { lower: 20, change: +1 },
        { lower: 500, change: +2 },
        { lower: 5_000, change: +4 },
      ],
      cooldown: Duration.minutes(2),
    });
  }
}

/** Includes messages in flight. Otherwise a worker that holds the last messages could be scaled in. */
function queueDepth({ scalingQueues }: Messaging): MathExpression {
  const depth = { period: Duration.minutes(1), statistic: 'Maximum' };
  const metrics = scalingQueues.flatMap(({ queue }, index) => [
    [`waiting${index}`, queue.metricApproximateNumberOfMessagesVisible(depth)],
    [`taken${index}`, queue.metricApproximateNumberOfMessagesNotVisible(depth)],
  ]);
  const usingMetrics = Object.fromEntries(metrics) as Record<string, IMetric>;
  return new MathExpression({
    label: 'Messages waiting or in flight',
    expression: Object.keys(usingMetrics).join(' + '),
    period: Duration.minutes(1),
    usingMetrics,
  });
}
