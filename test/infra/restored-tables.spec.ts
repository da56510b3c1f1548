import { restoredPrefixOf } from '../../src/platform/dynamo/restore/restore-tables';
import { declaredTables } from '../../src/platform/dynamo/table';
import {
  type Deployment,
  type Container,
  listOf,
  type Policy,
  propertiesOfType,
  resolveValue,
  resourcesOfType,
  synthesize,
  type TemplateValue,
} from './deployment';

const RESTORED = 'milkround-r20261130T200000-';

describe('a deployment with restored tables', () => {
  let normal: Deployment;
  let restored: Deployment;
  beforeAll(async () => {
    normal = await synthesize({ backup: 'locked' });
    restored = await synthesize({ backup: 'locked', tablePrefix: RESTORED });
  });

  it('uses the prefix that npm run restore chooses', () => {
    expect(restoredPrefixOf('milkround-', '2026-11-30T20:00:00Z')).toBe(RESTORED);
    expect(restoredPrefixOf(RESTORED, '2026-12-01T08:30:05Z')).toBe('milkround-r20261201T083005-');
  });

  it('keeps the old tables in the data stack, unchanged: they are the way back', () => {
    const tablesOf = ({ data }: Deployment) => resourcesOfType(data, 'AWS::DynamoDB::Table');
    expect(tablesOf(restored)).toEqual(tablesOf(normal));
  });

  it('has exactly the tables that npm run restore restores, with the same expiry', () => {
    const tables = propertiesOfType<{ TableName: string; TimeToLiveSpecification?: object }>(
      normal.data,
      'AWS::DynamoDB::Table',
    );
    const owned = tables.map(({ TableName: name, TimeToLiveSpecification: expiry }) => [name, expiry !== undefined]);
    const declared = declaredTables().map(({ name, expires }) => [`milkround-${name}`, expires]);
    expect(owned.sort()).toEqual(declared.sort());
  });

  it('points every task to the restored tables', () => {
    const definitions = propertiesOfType<{ ContainerDefinitions: Container[] }>(
      restored.service,
      'AWS::ECS::TaskDefinition',
    );
    const prefixes = definitions.flatMap(({ ContainerDefinitions: containers }) =>
      containers.map(
        ({ Environment: variables }) => variables.find(({ Name: name }) => name === 'TABLE_PREFIX')?.Value,
      ),
    );
    // Three tasks. The worker has a second container.
    expect(prefixes).toEqual([RESTORED, RESTORED, RESTORED, RESTORED]);
  });

  it('has the same permissions on the restored tables, and none on the old ones', () => {
    const grantsOf = (deployment: Deployment) =>
      ['Policy', 'ManagedPolicy'].flatMap((type) =>
        resourcesOfType<Policy>(deployment.service, `AWS::IAM::${type}`).map(([id, { Properties: policy }]) => [
          id,
          policy.PolicyDocument.Statement.map(({ Resource: resources, ...statement }) => ({
            ...statement,
            resources: listOf(resources).map((resource) => resolveValue(resource, deployment)),
          })),
        ]),
      );
    const expected = JSON.stringify(grantsOf(normal)).replaceAll(':table/milkround-', `:table/${RESTORED}`);
    expect(JSON.parse(JSON.stringify(grantsOf(restored)))).toEqual(JSON.parse(expected));
    expect(expected).toContain(`:table/${RESTORED}Orders`);
  });

  it('fits into the limits of policies, even with the longest prefix', async () => {
    const name = 'm'.repeat(20);
    const longest = await synthesize({ name, tablePrefix: `${name}-r20261130T200000-` });
    for (const [type, limit] of [
      ['Policy', 10_240],
      ['ManagedPolicy', 6_144],
    ] as const) {
      for (const [id, { Properties: policy }] of resourcesOfType<Policy>(longest.service, `AWS::IAM::${type}`)) {
        const statements = policy.PolicyDocument.Statement.map((statement) => ({
          ...statement,
          Resource: listOf(statement.Resource).map((arn) => resolveValue(arn, longest)),
        }));
        expect([id, JSON.stringify(statements).length < limit]).toEqual([id, true]);
      }
    }
  });

  it('backs up the restored tables', () => {
    const [selection] = propertiesOfType<{ BackupSelection: { Resources: TemplateValue[] } }>(
      restored.data,
      'AWS::Backup::BackupSelection',
    );
    const names = selection?.BackupSelection.Resources.map((arn) => resolveValue(arn, restored).split('/').at(-1));
    expect(names).toContain(`${RESTORED}Orders`);
    expect(names?.filter((name) => !name?.startsWith(RESTORED))).toEqual([]);
  });

  it('does not start services that were stopped for the restore', () => {
    const services = propertiesOfType<{ DesiredCount?: number }>(restored.service, 'AWS::ECS::Service');
    expect(services.map(({ DesiredCount: count }) => count)).toEqual([undefined, undefined]);
  });

  it('has the same alarms, and no finding of cdk-nag', () => {
    const alarmsOf = ({ service }: Deployment) => propertiesOfType(service, 'AWS::CloudWatch::Alarm');
    expect(alarmsOf(restored)).toEqual(alarmsOf(normal));
    expect(restored.findings).toEqual([]);
  });
});
