import type { Template } from 'aws-cdk-lib/assertions';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS, APPEND_ONLY_TABLES, CHANGING_ACTIONS, SCANNED_TABLES } from '../../infra/aws/data/table-access';
import {
  type Deployment,
  listOf,
  type Policy,
  propertiesOfType,
  resolveValue,
  resourcesOfType,
  type Statement,
  synthesize,
} from './deployment';
import { findTableUses } from './table-uses';

const SOURCES = join(__dirname, '../../src');
/** `All` is the task of size tiny, which does everything. */
const TASKS = ['Api', 'Worker', 'Command', 'All'] as const;

/** The IAM actions of the commands that the application sends. DynamoDB's are compared table by table. */
const IAM_ACTIONS: Readonly<Record<string, string[]>> = {
  SendMessageBatch: ['sqs:SendMessage'],
  SendMessage: ['sqs:SendMessage'],
  ChangeMessageVisibility: ['sqs:ChangeMessageVisibility'],
  ChangeMessageVisibilityBatch: ['sqs:ChangeMessageVisibility'],
  ReceiveMessage: ['sqs:ReceiveMessage'],
  DeleteMessage: ['sqs:DeleteMessage'],
  GetQueueAttributes: ['sqs:GetQueueAttributes'],
  GetTopicAttributes: ['sns:GetTopicAttributes'],
  Publish: ['sns:Publish'],
  PublishBatch: ['sns:Publish'],
  SendEmail: ['ses:SendEmail'],
  GetAccount: ['ses:GetAccount'],
  GetObject: ['s3:GetObject'],
  PutObject: ['s3:PutObject'],
  HeadBucket: ['s3:ListBucket'],
};
const TABLE_COMMANDS = /^(?:(?:Batch)?Get|Query|Scan|Put|Update|Delete|BatchWrite|TransactWrite|DescribeTable)$/;
/** Used by SNS on the key of a topic. */
const LIBRARY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

describe('the permissions of the tasks', () => {
  let deployment: Deployment;
  let policies: [string, Statement[]][];
  beforeAll(async () => {
    deployment = await synthesize();
    const { service: tiny } = await synthesize({ size: 'tiny' });
    policies = [
      ...[deployment.data, deployment.service].flatMap(policiesOf),
      ...policiesOf(tiny).filter(([name]) => name.startsWith('All')),
    ];
  });
  const policyOf = (task: (typeof TASKS)[number], policy: 'Program' | 'Services' | 'Indexes') =>
    policies.find(([name]) => name.startsWith(task) && name.endsWith(`TaskRole${policy}`))?.[1] ?? [];
  const statementsOf = (task: (typeof TASKS)[number]) =>
    (['Program', 'Services', 'Indexes'] as const).flatMap((policy) => policyOf(task, policy));
  const isFor = (service: string) => (action: string) => action.startsWith(`${service}:`);
  /** The actions on each table, or on each of its indexes, that the statements of an effect name. */
  const tableActions = (statements: readonly Statement[], effect: Statement['Effect']) => {
    const found: Record<string, Set<string>> = {};
    for (const statement of statements) {
      const actions = listOf(statement.Action).filter(isFor('dynamodb'));
      if (statement.Effect !== effect || actions.length === 0) continue;
      for (const arn of listOf(statement.Resource).map((resource) => resolveValue(resource, deployment))) {
        const name = /:table\/milkround-(.+)$/.exec(arn)?.[1] ?? arn;
        actions.forEach((action) => (found[name] ??= new Set()).add(action.replace('dynamodb:', '')));
      }
    }
    return found;
  };

  it('have no wildcards', () => {
    const wildcards = policies.flatMap(([name, statements]) =>
      statements.flatMap((statement) => wildcardGrants(statement, deployment).map((grant) => `${name}: ${grant}`)),
    );
    const filesOf = (bucket: string) => [`on arn:aws:s3:::milkround-${bucket}-111122223333-ap-south-1`, '*'].join('/');
    const [files, reports] = [filesOf('invoices'), filesOf('reports')];
    // A registry token, a quota and a phone number are not AWS resources. The names of files are not known.
    expect(wildcards.sort()).toEqual([
      'AllExecutionRoleDefaultPolicy: ecr:GetAuthorizationToken on *',
      `AllTaskRoleServices: s3:GetObject ${files}`,
      `AllTaskRoleServices: s3:GetObject ${reports}`,
      `AllTaskRoleServices: s3:PutObject ${filesOf('events')}`,
      `AllTaskRoleServices: s3:PutObject ${files}`,
      `AllTaskRoleServices: s3:PutObject ${reports}`,
      'AllTaskRoleServices: ses:GetAccount on *',
      'AllTaskRoleServices: sns:Publish on all but arn:aws:sns:*:*:*',
      'ApiExecutionRoleDefaultPolicy: ecr:GetAuthorizationToken on *',
      `ApiTaskRoleServices: s3:GetObject ${files}`,
      `ApiTaskRoleServices: s3:GetObject ${reports}`,
      `ApiTaskRoleServices: s3:PutObject ${reports}`,
      'CommandTaskExecutionRoleDefaultPolicy: ecr:GetAuthorizationToken on *',
      `CommandTaskTaskRoleServices: s3:GetObject ${files}`,
      `CommandTaskTaskRoleServices: s3:GetObject ${reports}`,
      `CommandTaskTaskRoleServices: s3:PutObject ${reports}`,
      'WorkerExecutionRoleDefaultPolicy: ecr:GetAuthorizationToken on *',
      `WorkerTaskRoleServices: s3:GetObject ${files}`,
      `WorkerTaskRoleServices: s3:GetObject ${reports}`,
      `WorkerTaskRoleServices: s3:PutObject ${filesOf('events')}`,
      `WorkerTaskRoleServices: s3:PutObject ${files}`,
      `WorkerTaskRoleServices: s3:PutObject ${reports}`,
      'WorkerTaskRoleServices: ses:GetAccount on *',
      'WorkerTaskRoleServices: sns:Publish on all but arn:aws:sns:*:*:*',
    ]);
    const roles = resourcesOfType<object>(deployment.service, 'AWS::IAM::Role');
    const others = roles.filter(([, { Properties }]) => 'ManagedPolicyArns' in Properties || 'Policies' in Properties);
    // Closes the default security group.
    expect(others.map(([id]) => id)).toEqual([expect.stringMatching(/^CustomVpcRestrictDefaultSG/)]);
  });

  it('are exactly the actions of the commands that the application sends', () => {
    // Options: see sms.spec.ts and event-bus.spec.ts.
    const options = ['SendTextMessage', 'PutEvents'];
    const sent = commandsInSource().filter((name) => !TABLE_COMMANDS.test(name) && !options.includes(name));
    expect(sent.filter((command) => !(command in IAM_ACTIONS))).toEqual([]);
    const used = new Set([...sent.flatMap((command) => IAM_ACTIONS[command] ?? []), ...LIBRARY_ACTIONS]);
    const granted = new Set(TASKS.flatMap((task) => statementsOf(task).flatMap(({ Action: actions }) => actions)));
    expect([...granted].filter((action) => !isFor('dynamodb')(action)).sort()).toEqual([...used].sort());
    // Only workers receive messages and send mail and SMS.
    for (const task of ['Api', 'Command'] as const) {
      const statements = statementsOf(task).filter(({ Sid: sid }) => task === 'Api' || sid !== 'DeadLetters');
      const actions = statements.flatMap(({ Action: action }) => action);
      expect(actions).toContain('sqs:SendMessage');
      expect(actions.filter((action) => /Receive|sqs:Delete|ses:/.test(action))).toEqual([]);
    }
  });

  it('let a command receive and delete dead letters only', () => {
    const receiving = statementsOf('Command').filter(({ Action: action }) =>
      listOf(action).includes('sqs:ReceiveMessage'),
    );
    expect(receiving.map(({ Sid: sid }) => sid)).toEqual(['DeadLetters']);
    const queues = listOf(receiving[0]?.Resource).map((arn) => resolveValue(arn, deployment));
    expect(queues).toHaveLength(7);
    expect(queues.filter((arn) => !/:Messaging[a-z]+dead[0-9A-F]{8}:Arn$/.test(arn))).toEqual([]);
  });

  it.each(TASKS)('are, for each table, what its repositories do with it: %s', (task) => {
    const { catalogue, scheduler, reconciliation, migrations } = SCANNED_TABLES;
    const scanned: string[] = [...catalogue];
    if (task !== 'Worker') scanned.push(...reconciliation);
    if (task !== 'Api') scanned.push(...migrations);
    if (task === 'Worker' || task === 'All') scanned.push(...scheduler);
    const expected: Record<string, Set<string>> = {};
    for (const { request } of deployment.tables) {
      expected[String(request.TableName).replace('milkround-', '')] = new Set(['DescribeTable']);
      for (const index of [...(request.GlobalSecondaryIndexes ?? []), ...(request.LocalSecondaryIndexes ?? [])]) {
        expected[`${request.TableName}/index/${index.IndexName}`.replace('milkround-', '')] = new Set(['Query']);
      }
    }
    for (const { table, use } of findTableUses()) {
      if (use !== 'scan') ACTIONS[use].forEach((action) => expected[table]?.add(action));
    }
    for (const table of scanned) expected[table]?.add('Scan');
    expect(tableActions(statementsOf(task), 'Allow')).toEqual(expected);
  });

  it.each(TASKS)('can add rows to append-only tables, but neither change nor delete one: %s', (task) => {
    const names = deployment.tables.map(({ request }) => String(request.TableName).replace('milkround-', ''));
    const tables = APPEND_ONLY_TABLES.filter((table) => names.includes(table));
    expect(tables).toContain('WalletLedger');
    expect(tableActions(statementsOf(task), 'Deny')).toEqual(
      Object.fromEntries(tables.map((table) => [table, new Set(CHANGING_ACTIONS)])),
    );
  });

  it('let only the worker send mail, from one address, and SMS, in one region', () => {
    const of = (sid: string) => statementsOf('Worker').find((statement) => statement.Sid === sid);
    expect(of('Mail')?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'milk@dairy.example' } });
    expect(of('TextMessages')?.Condition).toEqual({ StringEquals: { 'aws:RequestedRegion': 'ap-south-1' } });
  });

  it.each([
    ['an inline policy', 'Program', 10_240],
    ['a managed policy', 'Services', 6_144],
    ['another managed policy', 'Indexes', 6_144],
  ] as const)('fit into %s, even with the longest name of a deployment', (_, policy, limit) => {
    for (const task of TASKS) {
      const resolved = policyOf(task, policy).map((statement) => ({
        ...statement,
        Resource: listOf(statement.Resource).map((arn) => resolveValue(arn, deployment)),
      }));
      expect(resolved).not.toEqual([]);
      const text = JSON.stringify(resolved).replaceAll('milkround-', `${'m'.repeat(20)}-`);
      expect(text.length).toBeLessThan(limit);
    }
  });

  it('close the default security group, which the network does not use', () => {
    const groups = propertiesOfType<{ DefaultSecurityGroupId: unknown }>(
      deployment.service,
      'Custom::VpcRestrictDefaultSG',
    );
    expect(groups).toEqual([
      expect.objectContaining({
        DefaultSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^NetworkVpc/), 'DefaultSecurityGroup'] },
      }),
    ]);
  });
});

/** The statements of each policy of a template. */
function policiesOf(template: Template): [string, Statement[]][] {
  return ['Policy', 'ManagedPolicy']
    .flatMap((type) => resourcesOfType<Policy>(template, `AWS::IAM::${type}`))
    .map(([id, { Properties }]) => [id.replace(/[A-F0-9]{8}$/, ''), Properties.PolicyDocument.Statement]);
}

/** The commands that the application sends to AWS. Not those of emulators, one-off preparation and administrators. */
function commandsInSource(): string[] {
  const texts = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.endsWith('.spec.ts') &&
        !/^cli\/|\/provision\.ts$|^platform\/dynamo\/restore\//.test(file),
    )
    .map((file) => readFileSync(join(SOURCES, file), 'utf8'));
  const names = texts.flatMap((text) => [...text.matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => name));
  return [...new Set(names)];
}

/** The grants of a statement with a wildcard action, a wildcard resource or `NotResource`. */
function wildcardGrants(
  { Effect, Action: actions, Resource: resources, NotResource: excluded }: Statement,
  deployment: Deployment,
): string[] {
  if (Effect !== 'Allow') return [];
  const patterns = listOf(resources)
    .map((resource) => resolveValue(resource, deployment))
    .filter((resource) => resource.includes('*'));
  const exclusions = listOf(excluded).map((resource) => `all but ${resolveValue(resource, deployment)}`);
  return [
    ...listOf(actions).filter((action) => action.includes('*')),
    ...[...patterns, ...exclusions].map((pattern) => `${listOf(actions).join()} on ${pattern}`),
  ];
}
