import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DataStack } from './data-stack';
import { TOPIC_KEY_ACTIONS } from './messaging';
import type { NamedTable } from './tables';

/** What a task may do: read and write tables, publish messages, consume queues and send mail and SMS. */
export type Permission = 'tables' | 'publish' | 'consume';

/** Tables that are scanned: by the reconciliation, and `Carts` by the relay of cart events. */
const SCANNED_TABLES = ['Carts', 'CashOnDelivery', 'Orders', 'Payments', 'SandboxCharges', 'WalletLedger', 'Wallets'];
/** Tables whose rows are deleted in batches. */
const BATCH_WRITTEN_TABLES = ['Outbox'];

/** Grants a task role exactly the actions that the application uses, on exactly the resources that it uses. */
export function grantPermissions(role: IRole, permissions: readonly Permission[], data: DataStack): void {
  const statements = permissions.flatMap((permission) => STATEMENTS[permission](data));
  role.attachInlinePolicy(new Policy(role, 'Program', { statements }));
}

const STATEMENTS: Record<Permission, (data: DataStack) => PolicyStatement[]> = {
  tables: (data) => {
    const { names } = data.tables;
    const arnOf = tableArns(data);
    const only = (suffixes: readonly string[]) =>
      names.filter(({ name }) => suffixes.some((suffix) => name.endsWith(`-${suffix}`)));
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
    // A phone number has no ARN, so allow everything except topics.
    new PolicyStatement({
      sid: 'TextMessages',
      actions: ['sns:Publish'],
      notResources: [`arn:${partition}:sns:*:*:*`],
    }),
  ],
};

/** Builds ARNs from names instead of stack exports, so that a table can be added or removed freely. */
function tableArns(data: Pick<DataStack, 'region' | 'account' | 'partition'>) {
  return ({ name }: NamedTable, index?: string): string =>
    `arn:${data.partition}:dynamodb:${data.region}:${data.account}:table/${name}${index ? `/index/${index}` : ''}`;
}

function statement(sid: string, actions: string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources: [...resources] });
}
