import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { Configuration } from '../config/configuration';
import { IdleMonitor } from '../idle-monitor';
import { DependencyChecks } from '../startup/dependency-checks';
import { createSnsClient, createSqsClient } from './clients';
import { DeadLetters } from './dead-letters';
import { declaredQueues } from './declare-queue';
import { Publisher } from './publisher';
import { queueChecks } from './queue-checks';
import { QueueConsumer } from './queue-consumer';

@Global()
@Module({
  providers: [
    {
      provide: SQSClient,
      inject: [PLATFORM_SETTINGS],
      useFactory: createSqsClient,
    },
    {
      provide: SNSClient,
      inject: [PLATFORM_SETTINGS],
      useFactory: createSnsClient,
    },
    Publisher,
    QueueConsumer,
    DeadLetters,
  ],
  exports: [SQSClient, SNSClient, Publisher, QueueConsumer, DeadLetters],
})
export class QueueModule implements OnApplicationShutdown {
  constructor(
    private readonly sqs: SQSClient,
    private readonly sns: SNSClient,
    @Inject(PLATFORM_SETTINGS) config: PlatformSettings,
    configuration: Configuration,
    idleMonitor: IdleMonitor,
    dependencyChecks: DependencyChecks,
    consumer: QueueConsumer,
  ) {
    // Without the role `worker`, a process can start without queues: events stay in the outbox until the queues exist.
    if (config.roles.has('worker')) {
      dependencyChecks.register(...queueChecks(sqs, sns, declaredQueues(configuration), config));
    }
    idleMonitor.register('queues', () => consumer.isIdle());
  }

  onApplicationShutdown(): void {
    this.sqs.destroy();
    this.sns.destroy();
  }
}
