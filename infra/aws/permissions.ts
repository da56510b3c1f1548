import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DataStack } from './data-stack';
import { TOPIC_KEY_ACTIONS } from './messaging';
import type { NamedTable } from './tables';

/** What a task may do: know and change what the dairy knows, tell the world of events, take work from queues. */
export type Permission = 'tables' | 'publish' | 'consume';

/** Tables that are read from end to end: by the walk of the books, and for events that are still in their carts. */
const SCANNED_TABLES = ['Carts', 'Orders', 'Payments', 'SandboxCharges', 'WalletLedger', 'Wallets'];
/** The one whose rows are deleted many at once. */
const BATCH_WRITTEN_TABLES = ['Outbox'];

/** Gives a task's role exactly what the program does, each on exactly what it does it to. */
export function grantPermissions(role: IRole, permissions: readonly Permission[], data: DataStack): void {
  const statements = permissions.flatMap((right) => STATEMENTS[right](data));
  role.attachInlinePolicy(new Policy(role, 'Program', { statements }));
}

const STATEMENTS: Record<Permission, (data: DataStack) => PolicyStatement[]> = {
  tables: (data) => {
    const { names } = data.tables;
    const arnOf = tableArns(data);
    const only = (wanted: readonly string[]) =>
      names.filter(({ name }) => wanted.some((one) => name.endsWith(`-${one}`)));
    return [
      statement(
        'Items',
        ['DescribeTable', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map(
          (action) => `dynamodb:${action}`,
        ),
        names.map((table) => arnOf(table)),
      ),
      statement(
        'Indexes',
        ['dynamodb:Query'],
        names.flatMap((table) => table.indexes.map((index) => arnOf(table, index))),
      ),
      statement(
        'WholeTables',
        ['dynamodb:Scan'],
        only(SCANNED_TABLES).map((table) => arnOf(table)),
      ),
      statement(
        'Outbox',
        ['dynamodb:BatchWriteItem'],
        only(BATCH_WRITTEN_TABLES).map((table) => arnOf(table)),
      ),
    ];
  },
  publish: ({ messaging: { analytics, generation, notificationTopic, key } }) => [
    statement('Queues', ['sqs:SendMessage'], [analytics.queue.queueArn, generation.queue.queueArn]),
    statement('Topic', ['sns:Publish'], [notificationTopic.topicArn]),
    statement('TopicKey', [...TOPIC_KEY_ACTIONS], [key.keyArn]),
  ],
  consume: ({ messaging: { workQueues, notificationTopic }, mail, partition }) => [
    statement(
      'Work',
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      workQueues.map(({ queue }) => queue.queueArn),
    ),
    statement('LooksForTopic', ['sns:GetTopicAttributes'], [notificationTopic.topicArn]),
    statement('Mail', ['ses:SendEmail'], mail.sendingArns),
    // A telephone has no ARN: this is everything that is no topic.
    new PolicyStatement({
      sid: 'TextMessages',
      actions: ['sns:Publish'],
      notResources: [`arn:${partition}:sns:*:*:*`],
    }),
  ],
};

/** ARNs by name, which the program puts together itself: so a table may come or go without a thread between stacks. */
function tableArns(data: Pick<DataStack, 'region' | 'account' | 'partition'>) {
  return ({ name }: NamedTable, index?: string): string =>
    `arn:${data.partition}:dynamodb:${data.region}:${data.account}:table/${name}${index ? `/index/${index}` : ''}`;
}

function statement(sid: string, actions: string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources: [...resources] });
}
