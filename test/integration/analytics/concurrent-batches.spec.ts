import { EventIngestion } from '../../../src/modules/analytics/event-ingestion.service';
import { TestApp } from '../../support/test-app';
import { anEvent, archivedFiles } from './analytics-queue';

describe('batches of two workers at the same time', () => {
  let app: TestApp;
  let other: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    other = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix, APP_ROLES: 'api' });
  });
  afterAll(async () => {
    await other.stop();
    await app.stop();
  });

  const report = async (date: string) => {
    const { body } = await app.as('ADMIN').get('/analytics/report', { from: date, to: date }).expect(200);
    return (body as object[])[0];
  };
  const ingestOnBoth = (events: readonly ReturnType<typeof anEvent>[]) =>
    Promise.all(
      [app, other].flatMap((one) => {
        const ingestion = one.get<EventIngestion>(EventIngestion);
        return events.map((event) => ingestion.ingest(event));
      }),
    );

  it('count an event once that both have', async () => {
    const events = Array.from({ length: 60 }, (_, index) => anEvent({ userId: `U${index % 7}` }));
    await ingestOnBoth(events);
    expect(await report('2025-03-10')).toMatchObject({ orders: 60, activeCustomers: 7 });
    const archived = (await archivedFiles(app, 'events/date=2025-03-10')).flatMap((file) => file.events);
    expect(new Set(archived.map(({ eventId }) => eventId)).size).toBe(60);
  });

  it('count a payment once that both have', async () => {
    const fields = { eventType: 'PAYMENT_SUCCEEDED', amount: 100, timestamp: '2025-03-12T06:00:00Z' };
    await ingestOnBoth(Array.from({ length: 60 }, () => anEvent(fields)));
    expect(await report('2025-03-12')).toMatchObject({ revenue: 60 });
  });

  it('count a customer once whose orders are in both', async () => {
    const order = () => anEvent({ userId: 'U1', timestamp: '2025-03-11T06:00:00Z' });
    await Promise.all([app, other].map((one) => one.get<EventIngestion>(EventIngestion).ingest(order())));
    expect(await report('2025-03-11')).toMatchObject({ orders: 2, activeCustomers: 1 });
  });
});
