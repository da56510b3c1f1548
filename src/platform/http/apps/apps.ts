import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, globSync } from 'node:fs';
import { sep } from 'node:path';
import { ForeignHosts, type Hosts } from './foreign-hosts';

/** `https:` only for images, because their addresses are entered by admins. */
const contentPolicyOf = ({ script, frame, connect }: Hosts) =>
  [
    "default-src 'none'",
    ...[`script-src ${["'self'", ...script].join(' ')}`, "style-src 'self'"],
    ...[`connect-src ${["'self'", ...connect].join(' ')}`, "font-src 'self'"],
    ...(frame.length > 0 ? [`frame-src ${frame.join(' ')}`] : []),
    ...["img-src 'self' https:", "manifest-src 'self'", "worker-src 'self'"],
    ...["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"],
  ].join('; ');

/** For files whose name changes with their content. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';
const ASSETS = 'assets/';

interface AppsOptions {
  /** The built apps: one folder with an `index.html` for each, and their `assets`. May be absent. */
  readonly folder: string;
  /** The app that `/` redirects to. */
  readonly home: string;
}

/**
 * Serves the browser apps, each below the name of its folder. Every file is a route of its own, so a path that is not
 * a file reaches the API, and a file with the path of an API route would fail the start.
 */
export async function serveApps(app: NestFastifyApplication, { folder, home }: AppsOptions): Promise<void> {
  const foreignHosts = app.get(ForeignHosts);
  if (!existsSync(folder)) return;
  const files = globSync('**/*.*', { cwd: folder })
    .map((file) => file.replaceAll(sep, '/'))
    .filter((file) => !/\.(br|gz)$/.test(file));
  const names = files.filter((file) => /^[^/]+\/index\.html$/.test(file)).map((file) => file.replace(/\/.*/, ''));

  await app.register(async (server: FastifyInstance) => {
    await server.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, cacheControl: false });
    const ownPolicy = contentPolicyOf(foreignHosts.of(''));
    server.addHook('onRequest', (_request, reply, done) => {
      reply.header('Content-Security-Policy', ownPolicy);
      done();
    });
    const send = (reply: FastifyReply, file: string) => {
      reply.header('Cache-Control', file.startsWith(ASSETS) ? IMMUTABLE : REVALIDATE);
      // By default a service worker may not control /name itself, only what is below it.
      if (file.endsWith('/sw.js')) reply.header('Service-Worker-Allowed', `/${file.replace('/sw.js', '')}`);
      return reply.sendFile(file);
    };
    for (const file of files) server.get(`/${file}`, (_request, reply) => send(reply, file));
    for (const name of names) {
      const policy = contentPolicyOf(foreignHosts.of(name));
      const sendPage = (reply: FastifyReply) =>
        send(reply.header('Content-Security-Policy', policy), `${name}/index.html`);
      // The server ignores a trailing slash, so this is /name/ too.
      server.get(`/${name}`, (_request, reply) => sendPage(reply));
      server.get(`/${name}/*`, (request, reply) => (isNavigation(request) ? sendPage(reply) : reply.callNotFound()));
    }
    if (names.includes(home)) server.get('/', (_request, reply) => reply.redirect(`/${home}`));
  });
}

/** Whether a browser asks for a page, whose path the app resolves. A missing file must be 404, even for a browser. */
function isNavigation({ headers, url }: FastifyRequest): boolean {
  const lastSegment = url.split('?', 1)[0]?.split('/').at(-1) ?? '';
  return (headers.accept ?? '').includes('text/html') && !lastSegment.includes('.');
}
