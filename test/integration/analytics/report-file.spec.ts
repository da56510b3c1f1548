import { UserService } from '../../../src/modules/user';
import { FaultProxy } from '../../support/faults/fault-proxy';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { textOfPdf } from '../../support/pdf-text';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';
import { anEvent, sendTogether } from './analytics-queue';

interface Job {
  readonly status: string;
  readonly result?: { readonly url: string; readonly format: string };
  readonly error?: { readonly code: string };
}

describe('a report file', () => {
  let app: TestApp;
  let storage: FaultProxy;
  let isStorageAway = false;
  beforeAll(async () => {
    storage = await FaultProxy.start(process.env.S3_ENDPOINT ?? '', () => (isStorageAway ? 'unavailable' : 'answered'));
    app = await TestApp.start({ S3_ENDPOINT: storage.url }, { clock: new FixedBusinessClock('2026-12-01T04:30:00Z') });
    await app.as('ADMIN').patch('/admin/dairy', { name: 'दूध Dairy' }).expect(200);
    await sendTogether(app, [
      anEvent({ timestamp: '2026-11-30T06:00:00Z', items: [{ productId: 'MILK', qty: 3 }] }),
      anEvent({ eventType: 'PAYMENT_SUCCEEDED', timestamp: '2026-11-30T06:00:00Z', amount: 123_450 }),
      anEvent({
        eventType: 'DELIVERY_UPDATED',
        status: 'FAILED',
        reason: 'VEHICLE',
        timestamp: '2026-11-30T06:00:00Z',
      }),
    ]);
    await app.settled();
  });
  afterEach(() => (isStorageAway = false));
  afterAll(async () => {
    await app.stop();
    await storage.stop();
  });

  const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
  const create = (request: Record<string, unknown>) => app.as('ADMIN').post('/analytics/report', request);
  const endOf = async (location: string) =>
    waitUntil('the job to end', async () => {
      const job = (await app.as('ADMIN').get(location).expect(200)).body as Job;
      return job.status !== 'RUNNING' && job;
    });
  const fileOf = async (request: Record<string, unknown>) => {
    const { headers } = await create(request).expect(202);
    const { status, result } = await endOf(String(headers.location));
    expect(status).toBe('DONE');
    return fetch(result?.url ?? '');
  };

  it('is written by a job, whose result links to it', async () => {
    const { headers, body } = await create({ ...NOVEMBER, format: 'json' }).expect(202);
    const location = String(headers.location);
    expect(location).toBe(`/admin/job/${(body as { jobId: string }).jobId}`);
    const { result } = await endOf(location);
    expect(result).toEqual({
      ...NOVEMBER,
      format: 'json',
      url: expect.stringContaining('X-Amz-Signature') as string,
      expiresAt: expect.stringMatching(/Z$/) as string,
    });
    const file = await fetch(result?.url ?? '');
    expect(file.headers.get('content-type')).toBe('application/json');
    // The emulator does not answer with the name.
    expect(new URL(result?.url ?? '').searchParams.get('response-content-disposition')).toBe(
      'attachment; filename="report-2026-11-01-2026-11-30.json"',
    );
    const { body: report } = await app.as('ADMIN').get('/analytics/report', NOVEMBER).expect(200);
    expect(await file.json()).toEqual(report);
    // The same request, while the job is kept.
    expect((await create({ ...NOVEMBER, format: 'json' }).expect(200)).body).toEqual(result);
  });

  it('has an audit entry for each request, also if requests share the file', async () => {
    const request = { from: '2026-11-02', to: '2026-11-30', format: 'csv' };
    const { headers } = await create(request).expect(202);
    await endOf(String(headers.location));
    const person = { name: 'Bela', email: 'bela@milkround.test' };
    const { userId } = await app.get<UserService>(UserService).create(person, 'ADMIN', 'milk-before-dawn');
    const colleague = app.as('ADMIN', userId);
    await colleague.post('/analytics/report', request).expect(200);
    await app.settled();
    const { body } = await app.as('ADMIN').get('/admin/audit', { actor: userId }).expect(200);
    expect(body).toEqual([expect.objectContaining({ action: 'report.exported', by: userId, byRole: 'ADMIN' })]);
  });

  it('as CSV is the same as the download', async () => {
    const text = Buffer.from(await (await fileOf({ ...NOVEMBER, format: 'csv' })).arrayBuffer()).toString();
    expect(text).toBe(
      (
        await app
          .as('ADMIN')
          .get('/analytics/report', { ...NOVEMBER, format: 'csv' })
          .expect(200)
      ).text,
    );
  });

  it('as PDF has the name of the dairy, charts, a row per day and totals', async () => {
    const file = new Uint8Array(await (await fileOf({ ...NOVEMBER, format: 'pdf' })).arrayBuffer());
    const text = await textOfPdf(file);
    const parts = [
      'दूध',
      'Dairy',
      '1 November 2026 to 30 November 2026',
      '₹1,234.50',
      '29 Nov 2026',
      'Total',
      'vehicle: 1',
    ];
    for (const part of parts) expect(text).toContain(part);
    // Labels of the axes.
    for (const part of ['1 Nov', '1,200']) expect(text).toContain(part);
  });

  it('is not written for dates in the future, reversed dates or more than 366', async () => {
    const dates = [
      { from: '2026-11-30', to: '2026-12-02' },
      { from: '2026-11-30', to: '2026-11-29' },
      { from: '2025-11-29', to: '2026-11-30' },
      { from: '2026-02-30', to: '2026-11-30' },
      { to: '2026-11-30' },
    ];
    for (const range of dates) {
      expect((await create({ ...range, format: 'csv' }).expect(400)).body.code).toBe('request.invalid');
    }
    expect((await create({ ...NOVEMBER, format: 'xls' }).expect(400)).body.code).toBe('request.invalid');
    expect(await app.allStored('Jobs')).not.toContainEqual(expect.objectContaining({ status: 'FAILED' }));
  });

  it('fails with service.unavailable while S3 does not answer, and can be requested again', async () => {
    isStorageAway = true;
    const request = { from: '2026-11-02', to: '2026-11-03', format: 'csv' };
    const { headers } = await create(request).expect(202);
    expect(await endOf(String(headers.location))).toMatchObject({
      status: 'FAILED',
      error: { code: 'service.unavailable' },
    });
    isStorageAway = false;
    expect((await fileOf(request)).status).toBe(200);
  });

  it('is for admins only', async () => {
    await app
      .as('COURIER')
      .post('/analytics/report', { ...NOVEMBER, format: 'csv' })
      .expect(403);
  });
});
