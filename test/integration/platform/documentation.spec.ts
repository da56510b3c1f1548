import { TestApp } from '../../support/test-app';

describe('the documentation', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('is built once, and clients that have it get no content', async () => {
    const first = await app.http.get('/docs-json').expect(200);
    expect(first.headers['cache-control']).toBe('public, max-age=300');
    expect(first.headers.vary).toContain('Accept-Encoding');
    expect(first.body).toMatchObject({ openapi: '3.1.0' });
    const tag = first.headers.etag as string;
    const again = await app.http.get('/docs-json').set('If-None-Match', `"other", ${tag}`).expect(304);
    expect(again.text).toBe('');

    const server = app.nest.getHttpAdapter().getInstance();
    const serialise = jest.spyOn(JSON, 'stringify');
    await server.inject('/docs-json');
    expect(serialise).not.toHaveBeenCalled();
    serialise.mockRestore();
  });

  it('is compressed only for clients that accept it', async () => {
    const encodingFor = async (accepted: string) =>
      (await app.http.get('/docs-json').set('Accept-Encoding', accepted).expect(200)).headers['content-encoding'];
    expect(await encodingFor('gzip, deflate, br')).toBe('gzip');
    expect(await encodingFor('br, gzip;q=0.5')).toBe('gzip');
    expect(await encodingFor('identity')).toBeUndefined();
    expect(await encodingFor('gzip;q=0, br')).toBeUndefined();
  });

  it('has a page that runs only its own scripts', async () => {
    const page = await app.http.get('/docs').expect(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("default-src 'self';");
    expect(page.headers['content-security-policy']).not.toContain('script-src');
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    expect(files).toHaveLength(4);
    for (const file of files) {
      const { headers } = await app.http.get(file).expect(200);
      expect(headers['cache-control']).toBe('public, max-age=300');
    }
    await app.http.get('/docs/').expect(200);
  });

  it.each([
    '/docs-yaml',
    '/docs/package.json',
    '/docs/index.js',
    '/docs/swagger-ui.css.map',
    '/docs/swagger-ui-bundle.js.map',
    '/docs/..%2fpackage.json',
  ])('does not serve %s', async (path) => {
    await app.http.get(path).expect(404);
  });
});
