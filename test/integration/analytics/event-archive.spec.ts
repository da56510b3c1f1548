import { newEventId } from '../../../src/kernel/ids';
import { FaultProxy } from '../../support/faults/fault-proxy';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';
import { anEvent, archivedFiles, expectDeadLetters, send, sendTogether } from './analytics-queue';

describe('the archive of events', () => {
  let app: TestApp;
  let storage: FaultProxy;
  /** How many more uploads S3 refuses. */
  let refusals = 0;
  beforeAll(async () => {
    storage = await FaultProxy.start(process.env.S3_ENDPOINT ?? '', () =>
      refusals-- > 0 ? 'unavailable' : 'answered',
    );
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0', S3_ENDPOINT: storage.url });
  });
  beforeEach(() => (refusals = 0));
  afterAll(async () => {
    await app.stop();
    await storage.stop();
  });

  const idsIn = async (prefix: string) =>
    (await archivedFiles(app, prefix)).flatMap(({ events }) => events.map(({ eventId }) => eventId)).sort();
  const report = async (date: string) => {
    const { body } = await app.as('ADMIN').get('/analytics/report', { from: date, to: date }).expect(200);
    return (body as object[])[0];
  };

  it('stores whole events in a compressed file per local date and hour', async () => {
    // 23:59 and 00:00 in the dairy's time zone, at the end of a month.
    const before = anEvent({ timestamp: '2025-03-31T18:29:59Z', items: [{ productId: 'MILK', qty: 2 }] });
    const after = anEvent({ timestamp: '2025-03-31T18:30:00Z' });
    await sendTogether(app, [after, before]);
    await app.settled();
    const files = await archivedFiles(app, 'events/');
    const name = expect.stringMatching(/^[0-9A-F]{32}\.json\.gz$/) as string;
    expect(files.map(({ key, events }) => [...key.split('/'), events])).toEqual([
      ['events', 'date=2025-03-31', 'hour=23', name, [before]],
      ['events', 'date=2025-04-01', 'hour=00', name, [after]],
    ]);
    expect(await report('2025-03-31')).toMatchObject({ orders: 1, units: 2 });
    expect(await report('2025-04-01')).toMatchObject({ orders: 1, units: 0 });
  });

  it('stores the events of a batch in one file', async () => {
    const events = Array.from({ length: 10 }, () => anEvent({ timestamp: '2025-04-02T06:00:00Z' }));
    await sendTogether(app, events);
    await app.settled();
    expect((await archivedFiles(app, 'events/date=2025-04-02')).length).toBeLessThan(events.length / 2);
    expect(await idsIn('events/date=2025-04-02')).toEqual(events.map(({ eventId }) => eventId).sort());
  });

  it('stores an event once when its message is repeated, alone or among others', async () => {
    const [first, second, third] = [1, 2, 3].map(() => anEvent({ timestamp: '2025-04-03T06:00:00Z' }));
    await sendTogether(app, [first, second, first]);
    await app.settled();
    await sendTogether(app, [second, third, first]);
    await app.settled();
    const ids = await idsIn('events/date=2025-04-03');
    expect(ids).toEqual([first, second, third].map((event) => event?.eventId).sort());
    expect(await report('2025-04-03')).toMatchObject({ orders: 3 });
  });

  it('retries messages while S3 does not answer, and then has each event in log, figures and archive', async () => {
    refusals = 6;
    const events = Array.from({ length: 5 }, () => anEvent({ timestamp: '2025-04-04T06:00:00Z' }));
    await sendTogether(app, events);
    await app.settled();
    expect(refusals).toBeLessThan(0);
    const ids = events.map(({ eventId }) => eventId).sort();
    expect([...new Set(await idsIn('events/date=2025-04-04'))]).toEqual(ids);
    const { body: log } = await app.as('ADMIN').get('/analytics/events', { date: '2025-04-04' }).expect(200);
    expect((log as { eventId: string }[]).map(({ eventId }) => eventId).sort()).toEqual(ids);
    expect(await report('2025-04-04')).toMatchObject({ orders: 5 });
  });

  it('waits for S3 for longer than the attempts of a message, and neither logs nor counts the event before', async () => {
    const log = async () =>
      (await app.as('ADMIN').get('/analytics/events', { date: '2025-04-05' }).expect(200)).body as object[];
    refusals = 1_000_000;
    await send(app, anEvent({ timestamp: '2025-04-05T06:00:00Z' }));
    await waitUntil('ten attempts', async () => Promise.resolve(refusals <= 1_000_000 - 10));
    expect(await report('2025-04-05')).toMatchObject({ orders: 0 });
    expect(await log()).toEqual([]);
    refusals = 0;
    await app.settled();
    expect(await report('2025-04-05')).toMatchObject({ orders: 1 });
    expect(await log()).toHaveLength(1);
    await expectDeadLetters(app, 0);
  });

  it('keeps an event that DynamoDB refuses from blocking the others of its batch', async () => {
    const nested = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) as unknown;
    const poison = anEvent({ timestamp: '2025-04-06T06:00:00Z', nested });
    const others = Array.from({ length: 4 }, () =>
      anEvent({ eventId: newEventId(), timestamp: '2025-04-06T06:00:00Z' }),
    );
    await sendTogether(app, [...others.slice(0, 2), poison, ...others.slice(2)]);
    await expectDeadLetters(app, 1);
    await app.settled();
    expect(await report('2025-04-06')).toMatchObject({ orders: 4 });
  });
});
