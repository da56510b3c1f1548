import { Duration, TimeZone } from 'aws-cdk-lib';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { EcsRunFargateTask } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { Network } from '../network/network';
import type { CommandTask } from './tasks';

interface NightlyReconciliationProps {
  readonly cluster: ICluster;
  readonly network: Network;
  readonly command: CommandTask;
  readonly timezone: string;
}

/** Runs the reconciliation every day at 05:00, after the retry of the morning. Its metric has two alarms. */
export class NightlyReconciliation extends Construct {
  constructor(scope: Construct, id: string, { cluster, network, command, timezone }: NightlyReconciliationProps) {
    super(scope, id);
    new Schedule(this, 'Schedule', {
      description: 'Runs the reconciliation',
      schedule: ScheduleExpression.cron({ hour: '5', minute: '0', timeZone: TimeZone.of(timezone) }),
      target: new EcsRunFargateTask(cluster, {
        // Its default command is the reconciliation.
        taskDefinition: command.definition,
        ...network.taskPlacement,
        retryAttempts: 3,
        maxEventAge: Duration.hours(2),
      }),
    });
  }
}
