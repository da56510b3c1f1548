import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { Idleness } from '../idleness';
import { Needs } from '../needs';
import { createSnsClient, createSqsClient } from './clients';
import { QueueWorkers } from './consumer';
import { looksForQueues } from './presence';
import { Publisher } from './publisher';

@Global()
@Module({
  providers: [
    {
      provide: SQSClient,
      inject: [CONFIG],
      useFactory: createSqsClient,
    },
    {
      provide: SNSClient,
      inject: [CONFIG],
      useFactory: createSnsClient,
    },
    Publisher,
    QueueWorkers,
  ],
  exports: [SQSClient, SNSClient, Publisher, QueueWorkers],
})
export class QueueModule implements OnApplicationShutdown {
  constructor(
    private readonly sqs: SQSClient,
    private readonly sns: SNSClient,
    @Inject(CONFIG) config: Config,
    idleness: Idleness,
    needs: Needs,
    workers: QueueWorkers,
  ) {
    // Who only serves keeps events in the outbox for as long as there is no queue.
    if (config.roles.has('worker')) needs.register(...looksForQueues(sqs, sns, config));
    idleness.register('queues', () => workers.areIdle());
  }

  onApplicationShutdown(): void {
    this.sqs.destroy();
    this.sns.destroy();
  }
}
