import { DairyService } from '../../../src/modules/dairy';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import type { InProcessClient } from '../../support/in-process-client';
import { TestApp } from '../../support/test-app';

const NOTHING_ENTERED = {
  ...{ name: 'Milkround', address: null, email: null, phone: null, taxId: null, logo: null },
  ...{ language: 'en', version: 1 },
};

describe('the dairy', () => {
  let app: TestApp;
  let admin: InProcessClient;
  const clock = new ManualRealClock();
  beforeEach(async () => {
    app = await TestApp.start({}, { clock });
    admin = app.as('ADMIN');
  });
  afterEach(() => app.stop());

  const update = (fields: Record<string, unknown>) => admin.patch('/admin/dairy', fields);

  it('has a name and a language before anything is entered', async () => {
    expect((await admin.get('/admin/dairy').expect(200)).body).toEqual(NOTHING_ENTERED);
  });

  it('keeps what an admin enters, and empties what is null', async () => {
    const entered = {
      ...{ name: 'Sunrise Dairy', address: '1 Meadow Road\nPune 411001', email: 'help@sunrise.example' },
      ...{ phone: '+91 20 2612 3456', taxId: '27AAPFU0939F1ZV', logo: 'https://sunrise.example/logo.png' },
      language: 'hi',
    };
    const { body, headers } = await update(entered).expect(200);
    expect(body).toEqual({ ...entered, version: 2 });
    expect(headers.etag).toBe('"2"');
    await update({ address: null, logo: null }).expect(200);
    expect((await admin.get('/admin/dairy').expect(200)).body).toEqual({
      ...entered,
      ...{ address: null, logo: null, version: 3 },
    });
  });

  it('is shown to everyone without its tax registration, with the rules of the installation', async () => {
    await update({ name: 'Sunrise Dairy', taxId: '27AAPFU0939F1ZV' }).expect(200);
    const { body, headers } = await app.http.get('/dairy').expect(200);
    expect(body).toEqual({
      ...{ name: 'Sunrise Dairy', address: null, email: null, phone: null, logo: null },
      ...{
        currency: 'INR',
        timeZone: 'Asia/Kolkata',
        cutoffTime: '21:00',
        testPayments: true,
        language: 'en',
        languages: ['en', 'hi'],
      },
    });
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('is changed by one of two admins who saw the same version', async () => {
    const both = await Promise.all(['A', 'B'].map((name) => update({ name }).set('If-Match', '"1"')));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    await update({ name: 'C' }).set('If-Match', '"1"').expect(412);
    await update({ name: 'C' }).set('If-Match', '"2"').expect(200);
  });

  it('is at most five seconds old in another task', async () => {
    const dairy = app.get<DairyService>(DairyService);
    expect((await dairy.get()).name).toBe('Milkround');
    await app.store('Dairy', { id: 'dairy', name: 'Changed elsewhere', version: 2 });
    expect((await dairy.get()).name).toBe('Milkround');
    clock.advance(5_000);
    expect(await dairy.get()).toEqual({ name: 'Changed elsewhere', language: 'en', version: 2 });
  });

  it('refuses changes that are invalid or by anyone else, and keeps what is stored', async () => {
    await update({}).expect(400);
    for (const fields of [
      ...[{ name: null }, { name: '' }, { name: 'x'.repeat(81) }, { language: 'de' }, { language: null }],
      ...[
        { email: 'not an address' },
        { logo: 'javascript:alert(1)' },
        { taxId: 7 },
        { address: 'a\u0000b' },
        { fees: [] },
      ],
    ]) {
      await update(fields).expect(400);
    }
    await app.as('CUSTOMER').get('/admin/dairy').expect(403);
    await app.as('COURIER').patch('/admin/dairy', { name: 'Mine' }).expect(403);
    await app.http.patch('/admin/dairy', { name: 'Mine' }).expect(401);
    expect((await admin.get('/admin/dairy').expect(200)).body).toEqual(NOTHING_ENTERED);
  });
});
