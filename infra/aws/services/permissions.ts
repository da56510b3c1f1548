import { Token, Validations } from 'aws-cdk-lib';
import {
  Effect,
  type IRole,
  ManagedPolicy,
  Policy,
  PolicyStatement,
  type PolicyStatementProps,
} from 'aws-cdk-lib/aws-iam';
import type { DataStack } from '../data-stack';
import { TOPIC_KEY_ACTIONS } from '../data/messaging';
import { ACTIONS, APPEND_ONLY_TABLES, CHANGING_ACTIONS, SCANNED_TABLES, TABLE_ACCESS } from '../data/table-access';
import type { NamedTable } from '../data/tables';

/**
 * What a task may do: use the tables, scan some of them, publish messages and sign links, consume queues, store files and
 * send mail and SMS, and handle dead letters.
 */
export type Permission = 'tables' | 'reconcile' | 'migrate' | 'schedule' | 'publish' | 'consume' | 'dead-letters';

/** Grants a task role exactly the actions that the application uses, on exactly the resources that it uses. */
export function grantPermissions(role: IRole, permissions: readonly Permission[], data: DataStack): void {
  const statementsOf = (chosen: readonly Permission[]) =>
    permissions.filter((permission) => chosen.includes(permission)).flatMap((one) => STATEMENTS[one](data));
  // Inline policies of a role share 10,240 characters, which all permissions together exceed.
  const tables = new Policy(role, 'Program', {
    statements: statementsOf(['tables', 'reconcile', 'migrate', 'schedule']),
  });
  role.attachInlinePolicy(tables);
  const services = new ManagedPolicy(role, 'Services', {
    roles: [role],
    statements: statementsOf(['publish', 'consume', 'dead-letters']),
  });
  const indexes = new ManagedPolicy(role, 'Indexes', { roles: [role], statements: indexStatements(data) });
  // An upgrade grants a permission there before it takes the permission away here.
  tables.node.addDependency(services, indexes);
  for (const { filesArn } of data.storage.all) {
    Validations.of(services).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${withNamedTokens(filesArn, data)}]`,
      reason: 'The names of the files in a bucket are not known.',
    });
  }
  Validations.of(services).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'The sending quota of SES is of the account, which is no resource.',
  });
}

const STATEMENTS: Record<Permission, (data: DataStack) => PolicyStatement[]> = {
  tables: (data) => {
    const names = data.tablesInUse;
    const arnOf = tableArns(data);
    return [
      ...tablesByActions(names).map(([actions, tables], index) =>
        dynamo(
          `Items${index + 1}`,
          actions,
          tables.map((table) => arnOf(table)),
        ),
      ),
      scan('Catalogue', SCANNED_TABLES.catalogue, data),
      dynamo(
        'AppendOnly',
        CHANGING_ACTIONS,
        named(names, APPEND_ONLY_TABLES).map((table) => arnOf(table)),
        Effect.DENY,
      ),
    ];
  },
  reconcile: (data) => [scan('Reconcile', SCANNED_TABLES.reconciliation, data)],
  migrate: (data) => [scan('Migrate', SCANNED_TABLES.migrations, data)],
  schedule: (data) => [scan('Schedule', SCANNED_TABLES.scheduler, data)],
  publish: ({
    messaging: { analytics, generation, invoices, routineNotifications, notificationTopic, key },
    storage,
    eventBus,
  }) => [
    ...(eventBus ? [statement('Events', ['events:PutEvents'], [eventBus.eventBusArn])] : []),
    statement(
      'Queues',
      ['sqs:SendMessage'],
      [analytics, generation, invoices, routineNotifications].map(({ queue }) => queue.queueArn),
    ),
    // A link can do no more than the role that signed it.
    statement('Links', ['s3:GetObject'], [storage.invoices.filesArn, storage.reports.filesArn]),
    // The task that gets the request writes the report.
    statement('Reports', ['s3:PutObject'], [storage.reports.filesArn]),
    statement('Topic', ['sns:Publish'], [notificationTopic.topicArn]),
    statement('TopicKey', TOPIC_KEY_ACTIONS, [key.keyArn]),
  ],
  consume: (data) => {
    const { messaging, storage, mail } = data;
    const { workQueues, notifications, routineNotifications, notificationTopic } = messaging;
    return [
      statement('Files', ['s3:PutObject'], [storage.invoices.filesArn, storage.events.filesArn]),
      statement(
        'LooksForBuckets',
        ['s3:ListBucket'],
        storage.all.map(({ arn }) => arn),
      ),
      statement(
        'Work',
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        workQueues.map(({ queue }) => queue.queueArn),
      ),
      // A message that has to wait is sent again.
      statement(
        'Postpone',
        ['sqs:SendMessage'],
        [notifications, routineNotifications].map(({ queue }) => queue.queueArn),
      ),
      // SES has no resource for the account.
      statement('MailQuota', ['ses:GetAccount'], ['*']),
      statement('LooksForTopic', ['sns:GetTopicAttributes'], [notificationTopic.topicArn]),
      statement('Mail', ['ses:SendEmail'], mail.sendingArns, {
        conditions: { StringEquals: { 'ses:FromAddress': mail.address } },
      }),
      textMessages(data),
    ];
  },
  'dead-letters': ({ messaging: { workQueues } }) => [
    statement(
      'DeadLetters',
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      workQueues.map(({ deadLetterQueue }) => deadLetterQueue.queueArn),
    ),
    statement(
      'Redrive',
      ['sqs:SendMessage'],
      workQueues.map(({ queue }) => queue.queueArn),
    ),
  ],
};

/** SMS go through one service, with one sender. */
function textMessages({ sms, partition, region }: DataStack): PolicyStatement {
  if (sms) return statement('TextMessages', ['sms-voice:SendTextMessage'], sms.sendingArns);
  // A phone number has no ARN, so allow everything except topics. Other regions have their own spending limit, and no
  // alarm of this stack.
  return new PolicyStatement({
    sid: 'TextMessages',
    actions: ['sns:Publish'],
    notResources: [`arn:${partition}:sns:*:*:*`],
    conditions: { StringEquals: { 'aws:RequestedRegion': region } },
  });
}

function indexStatements(data: DataStack): PolicyStatement[] {
  const arnOf = tableArns(data);
  return [
    dynamo(
      'Indexes',
      ['Query'],
      data.tablesInUse.flatMap((table) => table.indexes.map((index) => arnOf(table, index))),
    ),
  ];
}

/** Tables with the same actions share a statement, because a policy may have 10,240 characters. */
function tablesByActions(tables: readonly NamedTable[]): [string[], NamedTable[]][] {
  const groups = Map.groupBy(tables, (table) => actionsOf(table).join());
  return [...groups].map(([actions, members]) => [actions.split(','), members]);
}

function actionsOf({ declaredName }: NamedTable): string[] {
  const uses = TABLE_ACCESS[declaredName];
  if (!uses) throw new Error(`infra/aws/data/table-access.ts does not say how the application uses ${declaredName}`);
  // The application checks at the start that each table exists.
  return ['DescribeTable', ...uses.flatMap((use) => ACTIONS[use])];
}

function scan(sid: string, tables: readonly string[], data: DataStack): PolicyStatement {
  const arnOf = tableArns(data);
  return dynamo(
    sid,
    ['Scan'],
    named(data.tablesInUse, tables).map((table) => arnOf(table)),
  );
}

function named(tables: readonly NamedTable[], names: readonly string[]): NamedTable[] {
  return tables.filter(({ declaredName }) => names.includes(declaredName));
}

/** Builds ARNs from names instead of stack exports, so that a table can be added or removed freely. */
function tableArns(data: Pick<DataStack, 'region' | 'account' | 'partition'>) {
  return ({ name }: NamedTable, index?: string): string =>
    `arn:${data.partition}:dynamodb:${data.region}:${data.account}:table/${name}${index ? `/index/${index}` : ''}`;
}

function dynamo(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  effect = Effect.ALLOW,
): PolicyStatement {
  return statement(
    sid,
    actions.map((action) => `dynamodb:${action}`),
    resources,
    { effect },
  );
}

function statement(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  options: PolicyStatementProps = {},
): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources: [...resources], ...options });
}

/** An ARN as cdk-nag shows it, if the account of the stack is not known yet. */
function withNamedTokens(arn: string, { account }: Pick<DataStack, 'account'>): string {
  return Token.isUnresolved(account) ? arn.replace(account, '<AWS::AccountId>') : arn;
}
