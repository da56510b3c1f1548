import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { QueueWorkers } from './consumer';
import { Publisher } from './publisher';

@Global()
@Module({
  providers: [
    {
      provide: SQSClient,
      inject: [CONFIG],
      useFactory: ({ region, endpoints }: Config) => new SQSClient({ region, endpoint: endpoints.sqs }),
    },
    {
      provide: SNSClient,
      inject: [CONFIG],
      useFactory: ({ region, endpoints }: Config) => new SNSClient({ region, endpoint: endpoints.sns }),
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
  ) {}

  onApplicationShutdown(): void {
    this.sqs.destroy();
    this.sns.destroy();
  }
}
