import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** How long clients may use a response without asking again: a deployment may change it. */
const MAX_AGE_SECONDS = 300;

// Importing the package would load its bundles.
const SWAGGER_UI_FOLDER = dirname(require.resolve('swagger-ui-dist/package.json'));
/** The only files of Swagger UI that are public. The package also has source maps, a manifest and other builds. */
const SWAGGER_UI_FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const INITIALIZER = `SwaggerUIBundle({ url: '/docs-json', dom_id: '#swagger-ui', deepLinking: true, showExtensions: true });
`;

/** A file as it is sent, compressed once. */
interface StaticFile {
  readonly type: string;
  readonly etag: string;
  readonly content: Buffer;
  readonly compressed: Buffer;
}

/** Serves a document at /docs-json and a page for people at /docs. Every response is built once and then kept. */
export function serveDocumentation(server: FastifyInstance, title: string, createDocument: () => object): void {
  serveFile(server, '/docs-json', 'application/json; charset=utf-8', () => JSON.stringify(createDocument()));
  serveFile(server, '/docs', 'text/html; charset=utf-8', () => pageOf(title));
  serveFile(server, '/docs/swagger-ui-init.js', 'text/javascript; charset=utf-8', () => INITIALIZER);
  for (const [name, type] of Object.entries(SWAGGER_UI_FILES)) {
    serveFile(server, `/docs/${name}`, type, () => readFile(join(SWAGGER_UI_FOLDER, name)));
  }
}

function serveFile(
  server: FastifyInstance,
  path: string,
  type: string,
  read: () => string | Buffer | Promise<Buffer>,
): void {
  let file: Promise<StaticFile> | undefined;
  server.get(path, async (request: FastifyRequest, reply: FastifyReply) => {
    file ??= staticFileOf(type, read);
    return send(await file, request, reply);
  });
}

async function staticFileOf(type: string, read: () => string | Buffer | Promise<Buffer>): Promise<StaticFile> {
  const content = Buffer.from(await read());
  // Weak, because the compressed form has the same tag.
  const etag = `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return { type, etag, content, compressed: await promisify(gzip)(content) };
}

function send({ type, etag, content, compressed }: StaticFile, { headers }: FastifyRequest, reply: FastifyReply) {
  reply.headers({ 'Cache-Control': `public, max-age=${MAX_AGE_SECONDS}`, ETag: etag, Vary: 'Accept-Encoding' });
  if (headers['if-none-match']?.includes(etag)) return reply.status(304).send();
  reply.type(type);
  const isCompressed = /\bgzip\b(?!;q=0(?:\.0*)?(?:,|$))/i.test(String(headers['accept-encoding'] ?? ''));
  return isCompressed ? reply.header('Content-Encoding', 'gzip').send(compressed) : reply.send(content);
}

function pageOf(title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} API</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/swagger-ui-init.js"></script>
  </body>
</html>
`;
}
