import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

function run(command: string, args: readonly string[], cwd = ROOT): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('the package of the client', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'milkround-release-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const CONSUMER = `import { createMilkroundClient, nextCursor, type Schemas } from '@milkround/client';
    import { createServer } from 'node:http';
    const server = createServer(({ url, headers }, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('link', '</product/list?cursor=C1>; rel="next"');
      response.end(JSON.stringify([{ productId: 'MILK', name: url + ' ' + headers.authorization }]));
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as { port: number };
    const api = createMilkroundClient({ baseUrl: 'http://localhost:' + port, token: () => 'a-token' });
    const { data, response } = await api.GET('/product/list', { params: { query: { limit: 1 } } });
    const [product]: Schemas['ProductResponse'][] = data ?? [];
    console.log(product?.name, nextCursor(response));
    server.closeAllConnections();
    server.close();`;

  it('compiles in a strict project and runs', () => {
    const packed = run(process.execPath, ['infra/release/pack-client.mts', folder]);
    expect(packed).toMatchObject({ status: 0 });
    expect(readdirSync(folder)).toEqual([`milkround-client-${version}.tgz`]);

    const project = join(folder, 'project');
    const installed = join(project, 'node_modules/@milkround/client');
    mkdirSync(installed, { recursive: true });
    expect(
      run('tar', ['-xzf', `milkround-client-${version}.tgz`, '-C', installed, '--strip-components=1'], folder),
    ).toMatchObject({ status: 0 });
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types']) {
      symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
    }
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    writeFileSync(join(project, 'consumer.ts'), CONSUMER);
    const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--types', 'node'];
    const compiler = join(ROOT, 'node_modules/typescript/lib/tsc.js');
    expect(run(process.execPath, [compiler, ...options, 'consumer.ts'], project)).toEqual({ status: 0, output: '' });
    expect(run(process.execPath, ['consumer.js'], project)).toEqual({
      status: 0,
      output: '/product/list?limit=1 Bearer a-token C1\n',
    });
    expect(readdirSync(installed).sort()).toEqual(
      ['LICENSE', 'README.md', 'api.d.mts', 'client.d.mts', 'client.mjs', 'package.json'].sort(),
    );
  });
});

describe('the notes of a release', () => {
  const notes = (...tag: string[]) => run(process.execPath, ['infra/release/notes.mts', ...tag]);

  it.each([
    ['no tag', [], 'Give the tag of a version, such as v0.2.0.'],
    ['something else', ['latest'], 'Give the tag of a version, such as v0.2.0.'],
    ['another version', ['v99.0.0'], `package.json has version ${version}, not 99.0.0.`],
  ])('are refused for %s', (_, tag, message) => {
    expect(notes(...tag)).toMatchObject({ status: 1, output: expect.stringContaining(message) });
  });

  it('are the section of the version, if there is one', () => {
    const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
    const hasSection = changelog.includes(`\n## ${version} `);
    expect(notes(`v${version}`).status).toBe(hasSection ? 0 : 1);
  });
});
