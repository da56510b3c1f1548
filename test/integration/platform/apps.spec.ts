import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { TestApp } from '../../support/test-app';

const PAGE = '<!doctype html><title>Shop</title>';
const SCRIPT = `console.log(${JSON.stringify('milk '.repeat(50))});`;
const FILES = {
  'shop/index.html': PAGE,
  'round/index.html': PAGE,
  'shop/sw.js': '// service worker',
  'shop/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/shop-abc.js': SCRIPT,
  'assets/shop-abc.js.br': brotliCompressSync(SCRIPT),
  'assets/shop-abc.js.gz': gzipSync(SCRIPT),
};
const HTML = 'text/html,application/xhtml+xml;q=0.9';

describe('the browser apps', () => {
  let folder: string;
  let app: TestApp;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'milkround-apps-'));
    for (const [path, content] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    app = await TestApp.start({}, { apps: folder });
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are where / leads to', async () => {
    const { headers } = await app.http.get('/').expect(302);
    expect(headers.location).toBe('/shop');
  });

  it.each(['/shop', '/shop/', '/shop/orders/O1', '/shop/calendar?month=2026-12'])(
    'answer %s with the page',
    async (path) => {
      const { text, headers } = await app.http.get(path).set('Accept', HTML).expect(200);
      expect(text).toBe(PAGE);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-cache');
    },
  );

  it('may load only their own files, and images over https', async () => {
    const { headers } = await app.http.get('/shop').set('Accept', HTML).expect(200);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|data:|http:|\*|frame-src|stripe/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it("may use Stripe's form in the shop alone, and only with a key for it", async () => {
    const stripe = { PAYMENT_GATEWAY: 'stripe', STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_WEBHOOK_SECRET: 'whsec_x' };
    const policiesWith = async (environment: Record<string, string>) => {
      const other = await TestApp.start({ ...stripe, ...environment }, { apps: folder });
      try {
        const policyOf = async (path: string) =>
          (await other.http.get(path).set('Accept', HTML).expect(200)).headers['content-security-policy'] ?? '';
        const { stripePublishableKey } = (await other.http.get('/dairy').expect(200)).body;
        return { shop: await policyOf('/shop/wallet'), round: await policyOf('/round'), stripePublishableKey };
      } finally {
        await other.stop();
      }
    };
    const { shop, round, stripePublishableKey } = await policiesWith({ STRIPE_PUBLISHABLE_KEY: 'pk_test_x' });
    expect(stripePublishableKey).toBe('pk_test_x');
    expect(shop).toContain("script-src 'self' https://js.stripe.com https://*.js.stripe.com;");
    expect(shop).toContain("connect-src 'self' https://api.stripe.com;");
    expect(shop).toContain('frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;');
    expect(round).not.toContain('stripe');
    expect(await policiesWith({})).toEqual({ shop: round, round, stripePublishableKey: undefined });
  });

  it('let browsers keep a file with a hash in its name for good, and no other', async () => {
    const asset = await app.http.get('/assets/shop-abc.js').expect(200);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const worker = await app.http.get('/shop/sw.js').expect(200);
    expect(worker.headers['cache-control']).toBe('no-cache');
    expect(worker.headers['service-worker-allowed']).toBe('/shop');
    expect(asset.headers['service-worker-allowed']).toBeUndefined();
  });

  it.each([
    ['br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['identity', undefined],
  ])('are sent compressed as the browser accepts: %s', async (accepted, encoding) => {
    const { headers } = await app.http.get('/assets/shop-abc.js').set('Accept-Encoding', accepted).expect(200);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toContain('javascript');
    expect(headers.vary ?? '').toContain(encoding ? 'accept-encoding' : '');
  });

  it('answer HEAD, and 304 for a page that has not changed', async () => {
    const { headers } = await app.http.head('/shop').set('Accept', HTML).expect(200);
    expect(headers.etag).toBeDefined();
    await app.http
      .get('/shop')
      .set('Accept', HTML)
      .set('If-None-Match', headers.etag ?? '')
      .expect(304);
  });

  it.each([
    ['a missing asset', '/assets/gone.js', HTML],
    ['a missing file of an app', '/shop/gone.js', HTML],
    ['the folder of the assets', '/assets', HTML],
    ['a compressed copy by name', '/assets/shop-abc.js.br', HTML],
  ])('answer 404 for %s', (_, path, accept) => expectUnknown(path, accept));

  it.each([
    ['a path of an app, for a program', '/shop/orders', 'application/json'],
    ['an app that does not exist', '/console', HTML],
  ])('answer 404 for %s', (_, path, accept) => expectUnknown(path, accept));

  async function expectUnknown(path: string, accept: string): Promise<void> {
    const { body, headers } = await app.http.get(path).set('Accept', accept).expect(404);
    expect(body.code).toBe('request.unknown_route');
    expect(headers['cache-control']).toBe('no-store');
  }

  it('take no POST', async () => {
    await app.http.post('/shop').expect(404);
    await app.http.post('/shop/orders').expect(404);
  });

  it.each([
    '/shop/../../package.json',
    '/assets/../../../../etc/passwd',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets//shop-abc.js',
    '/assets/shop-abc.js%00.svg',
    '/assets\\..\\..\\package.json',
  ])('give away no other file for %s', async (path) => {
    expect(await statusOf(path)).toBe(404);
  });

  it('do not shadow the API', async () => {
    const { body } = await app.http.get('/product/list').set('Accept', HTML).expect(200);
    expect(body).toEqual([]);
    const { headers } = await app.http.get('/user/profile').set('Accept', HTML).expect(401);
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    await app.http.get('/health/live').expect(200);
  });

  it('do not include the API docs', async () => {
    const { headers } = await app.http.get('/docs').set('Accept', HTML).redirects(1).expect(200);
    expect(headers['content-security-policy']).toContain("'unsafe-inline'");
  });

  /** The status for a path exactly as written: other clients normalise it. */
  function statusOf(path: string): Promise<number | undefined> {
    const { port } = app.nest.getHttpServer().address() as AddressInfo;
    return new Promise((resolve, reject) => {
      request({ port, path, headers: { Accept: 'image/png' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
});

describe('without built browser apps', () => {
  it('the API is served alone', async () => {
    const app = await TestApp.start({}, { apps: join(tmpdir(), 'milkround-none') });
    try {
      await app.http.get('/shop').expect(404);
      await app.http.get('/health/live').expect(200);
    } finally {
      await app.stop();
    }
  });
});
