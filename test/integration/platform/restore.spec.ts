import { DynamoDB } from '@aws-sdk/client-dynamodb';
import '../../../src/app.module';
import { PitrRestorer } from '../../../src/platform/dynamo/restore/pitr-restorer';
import { restoreTables } from '../../../src/platform/dynamo/restore/restore-tables';
import { declaredTables } from '../../../src/platform/dynamo/table';
import { DynamoBackupsFake } from '../../support/fakes/dynamo-backups-fake';

const AT = '2026-11-30T14:30:00Z';
const AT_SECONDS = Date.parse(AT) / 1_000;
const DAY = 24 * 60 * 60;
const TARGET = 'milkround-r20261130T143000-';
const DELAYS = { pollMilliseconds: 1, backoff: { base: 1, ceiling: 2 } };

describe('a restore by point-in-time recovery', () => {
  let aws: DynamoBackupsFake;
  let client: DynamoDB;
  let printed: string[];

  beforeEach(async () => {
    aws = await DynamoBackupsFake.start();
    client = new DynamoDB({ region: 'ap-south-1', endpoint: aws.url, maxAttempts: 1 });
    printed = [];
    const recovery = { earliest: AT_SECONDS - DAY, latest: AT_SECONDS + DAY };
    for (const { name } of declaredTables()) aws.add(`milkround-${name}`, AT_SECONDS - 2 * DAY, { recovery });
  });
  afterEach(async () => {
    client.destroy();
    await aws.stop();
  });

  const restore = (sourcePrefix = 'milkround-', targetPrefix = TARGET) =>
    restoreTables({ sourcePrefix, targetPrefix, at: AT }, new PitrRestorer(client, DELAYS), (line) => {
      printed.push(line);
    });
  const writes = () => aws.calls.filter((call) => !/^(?:Describe|ListTags)/.test(call));
  const change = (name: string, changes: object) => Object.assign(aws.tables.get(`milkround-${name}`) ?? {}, changes);

  it('restores every declared table to the same second, with the settings of the CDK', async () => {
    await restore();
    for (const { name, expires } of declaredTables()) {
      expect([name, aws.tables.get(TARGET + name)]).toEqual([
        name,
        expect.objectContaining({
          status: 'ACTIVE',
          origin: { source: `milkround-${name}`, at: AT_SECONDS },
          expires,
          isProtected: true,
          recovery: expect.anything(),
        }),
      ]);
    }
    expect(printed.at(-1)).toMatch(/ is ready \((\d+) of \1\)\.$/);
  });

  it('sends the settings of a table once it is complete', async () => {
    await restore();
    expect(aws.calls.filter((call) => call.endsWith(` ${TARGET}Sessions`))).toEqual([
      `DescribeTable ${TARGET}Sessions`,
      `RestoreTableToPointInTime ${TARGET}Sessions`,
      `DescribeTable ${TARGET}Sessions`,
      `DescribeTable ${TARGET}Sessions`,
      `DescribeTable ${TARGET}Sessions`,
      `DescribeTimeToLive ${TARGET}Sessions`,
      `UpdateTimeToLive ${TARGET}Sessions`,
      `DescribeContinuousBackups ${TARGET}Sessions`,
      `UpdateContinuousBackups ${TARGET}Sessions`,
      `DescribeTable ${TARGET}Sessions`,
      `UpdateTable ${TARGET}Sessions`,
    ]);
  });

  it('changes nothing when it is repeated', async () => {
    await restore();
    aws.calls.length = 0;
    await restore();
    expect(writes()).toEqual([]);
  });

  it('continues: keeps complete tables, waits for pending ones, and adds missing settings', async () => {
    const origin = (name: string) => ({ origin: { source: `milkround-${name}`, at: AT_SECONDS } });
    aws.add(`${TARGET}Orders`, AT_SECONDS + DAY, {
      ...origin('Orders'),
      isProtected: true,
      recovery: { earliest: 1, latest: 1 },
    });
    aws.add(`${TARGET}Users`, AT_SECONDS + DAY, { ...origin('Users'), status: 'CREATING', pendingPolls: 3 });
    await restore();
    expect(writes().filter((call) => call.endsWith('-Orders'))).toEqual([]);
    expect(writes().filter((call) => call.endsWith('-Users'))).toEqual([
      `UpdateContinuousBackups ${TARGET}Users`,
      `UpdateTable ${TARGET}Users`,
    ]);
    expect(aws.tables.get(`${TARGET}Users`)).toMatchObject({ status: 'ACTIVE', isProtected: true });
  });

  it('waits and retries when DynamoDB is busy', async () => {
    aws.errors.set('RestoreTableToPointInTime', Array<string>(8).fill('LimitExceededException'));
    aws.errors.set('DescribeTable', ['ThrottlingException']);
    aws.errors.set('UpdateContinuousBackups', ['ContinuousBackupsUnavailableException']);
    aws.errors.set('UpdateTable', ['ResourceInUseException', 'LimitExceededException']);
    await restore();
    expect(aws.callsOf('RestoreTableToPointInTime')).toHaveLength(declaredTables().length + 8);
    expect(printed.at(-1)).toMatch(/ is ready \((\d+) of \1\)\.$/);
  });

  it('names a table whose restore fails, completes the others, and can be repeated', async () => {
    aws.failing.add(`${TARGET}Orders`);
    await expect(restore()).rejects.toThrow(
      `${TARGET}Orders does not exist, so its restore has failed. Run the command again.`,
    );
    expect(aws.tables.get(`${TARGET}Wallets`)).toMatchObject({ status: 'ACTIVE', isProtected: true });
    aws.failing.clear();
    aws.calls.length = 0;
    await restore();
    expect(aws.callsOf('RestoreTableToPointInTime')).toEqual([`${TARGET}Orders`]);
  });

  it('does not take a table for a copy that an earlier restore has created empty', async () => {
    const tags = [
      { Key: 'restored-from', Value: 'old-Manifests' },
      { Key: 'restored-to', Value: '2026-11-01T00:00:00Z' },
    ];
    change('Manifests', { createdAt: AT_SECONDS + 1, tags });
    await restore();
    expect(aws.callsOf('CreateTable')).toEqual([`${TARGET}Manifests`]);
  });

  it('creates a table empty that did not exist at that instant, and recognises it when it is repeated', async () => {
    change('Manifests', { createdAt: AT_SECONDS + 1 });
    await restore();
    expect(aws.callsOf('CreateTable')).toEqual([`${TARGET}Manifests`]);
    expect(printed[0]).toBe(`${TARGET}Manifests did not exist at ${AT}, so it is created empty.`);
    expect(aws.tables.get(`${TARGET}Manifests`)).toMatchObject({ isProtected: true, recovery: expect.anything() });
    aws.calls.length = 0;
    await restore();
    expect(writes()).toEqual([]);
  });

  it('creates the table that an upgrade has added since, when it is repeated', async () => {
    const added = aws.tables.get('milkround-Manifests');
    aws.tables.delete('milkround-Manifests');
    await expect(restore()).rejects.toThrow('milkround-Manifests does not exist.');
    aws.tables.set('milkround-Manifests', { ...added, createdAt: AT_SECONDS + DAY } as never);
    await restore();
    expect(aws.callsOf('CreateTable')).toEqual([`${TARGET}Manifests`]);
  });

  it.each([
    [
      'an instant before the first one',
      { recovery: { earliest: AT_SECONDS + 1, latest: AT_SECONDS + 2 } },
      'milkround-Orders can be restored to 2026-11-30T14:30:01Z at the earliest.',
    ],
    [
      'an instant after the last one',
      { recovery: { earliest: AT_SECONDS - 2, latest: AT_SECONDS - 1 } },
      'milkround-Orders can be restored to 2026-11-30T14:29:59Z at the latest.',
    ],
    ['a table without recovery', { recovery: undefined }, 'milkround-Orders has no point-in-time recovery.'],
    [
      'a table that was restored later',
      { createdAt: AT_SECONDS + 60, origin: { source: 'old-Orders', at: AT_SECONDS + 50 } },
      'milkround-Orders was itself restored, at 2026-11-30T14:31:00Z. Restore from the prefix of old-Orders.',
    ],
  ])('refuses %s, and creates nothing', async (_, changes, problem) => {
    change('Orders', changes);
    await expect(restore()).rejects.toThrow(problem);
    expect(writes()).toEqual([]);
  });

  it.each([
    [
      'another instant',
      { origin: { source: 'milkround-Orders', at: AT_SECONDS - 60 } },
      'was restored from milkround-Orders to 2026-11-30T14:29:00Z',
    ],
    ['another table', { origin: { source: 'other-Orders', at: AT_SECONDS } }, 'was restored from other-Orders to'],
    ['nothing', {}, 'was not made by this command'],
  ])('refuses a target that was made from %s, and creates nothing', async (_, changes, problem) => {
    aws.add(`${TARGET}Orders`, AT_SECONDS, changes);
    await expect(restore()).rejects.toThrow(`${TARGET}Orders exists, but it ${problem}`);
    expect(writes()).toEqual([]);
  });

  it('refuses an instant before the first table, which would leave nothing', async () => {
    for (const { name } of declaredTables()) change(name, { createdAt: AT_SECONDS + 1 });
    await expect(restore()).rejects.toThrow(`No table with the prefix milkround- existed at ${AT}.`);
    expect(writes()).toEqual([]);
  });

  it('names tables that are missing', async () => {
    await expect(restore('misspelt-')).rejects.toThrow(/^misspelt-Outbox does not exist\..* And \d+ more tables\.$/);
    expect(writes()).toEqual([]);
  });
});
