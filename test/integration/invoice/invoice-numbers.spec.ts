import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { type CountedSeries, InvoiceAudit } from '../../../src/modules/invoice';
import { JobProgress } from '../../../src/platform/jobs/job-progress';
import { TestApp } from '../../support/test-app';

/** More than a page. */
const COUNT = 120;

describe('the count of invoice numbers', () => {
  let app: TestApp;
  let scans = 0;
  let onScan = () => {};
  beforeAll(async () => {
    app = await TestApp.start();
    const positions = Array.from({ length: COUNT }, (_, index) => String(index + 1).padStart(6, '0'));
    const numbers = [...positions.map((position) => `2026-27/${position}`), '2026-27/C000002', '2026-27/C000004'];
    await Promise.all(numbers.map((number) => app.store('Invoices', { invoiceId: `I-${number}`, number })));
    await app.store('InvoiceSeries', { series: '2026-27', last: COUNT });
    await app.store('InvoiceSeries', { series: '2026-27/C', last: 3 });
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next) => (args) => {
        if ((args.input as { ProjectionExpression?: string }).ProjectionExpression === '#number') {
          scans++;
          onScan();
        }
        return next(args);
      },
      { step: 'initialize' },
    );
  });
  beforeEach(() => (scans = 0));
  afterAll(() => app.stop());

  const count = async (progress = new JobProgress()) => {
    const all: CountedSeries[] = [];
    for await (const batch of app.get<InvoiceAudit>(InvoiceAudit).countedSeries(progress)) all.push(...batch);
    return all;
  };

  it('reads all invoices once for all series', async () => {
    const counted = new Map((await count()).map(({ series, found }) => [series, [...found]]));
    expect(counted.get('2026-27')).toEqual(Array.from({ length: COUNT }, () => 1));
    // The fourth was taken after the last number was read.
    expect(counted.get('2026-27/C')).toEqual([0, 1, 0]);
    expect(scans).toBe(2);
  });

  it('stops after a page when the task shuts down', async () => {
    const stop = new AbortController();
    onScan = () => stop.abort(new Error('shutdown'));
    await expect(count(new JobProgress(stop.signal))).rejects.toThrow('shutdown');
    expect(scans).toBe(1);
  });

  it('holds a bounded part of a series whose last number is damaged', async () => {
    onScan = () => {};
    await app.store('InvoiceSeries', { series: '2026-27/C', last: 10 ** 15 });
    const counted = (await count()).map(({ series, last, found }) => [series, last, found.length]);
    expect(counted).toContainEqual(['2026-27/C', 10 ** 15, 2 ** 25]);
    expect(counted).toContainEqual(['2026-27', COUNT, COUNT]);
  });

  it('is none for a series whose last number is negative', async () => {
    await app.store('InvoiceSeries', { series: '2026-27/C', last: -1 });
    const counted = (await count()).map(({ series, last, found }) => [series, last, found.length]);
    expect(counted).toContainEqual(['2026-27/C', -1, 0]);
    expect(counted).toContainEqual(['2026-27', COUNT, COUNT]);
  });
});
