import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What bodies are taken for that must not be looked into. */
const OCTET_STREAM = 'application/octet-stream';

/** A route that verifies its body before anybody looks into it: it is taken to the byte, whatever it says it is. */
export function AcceptsRawBody(): MethodDecorator {
  return RouteConfig({ rawBody: true });
}

export function acceptsRawBody({ routeOptions: { config } }: FastifyRequest): boolean {
  return (config as { rawBody?: true }).rawBody === true;
}

/** The bytes of a body; none when none was sent. */
export const RawBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
});

/** Has the bodies of such routes come as bytes; elsewhere bytes are refused like everything that is no JSON. */
export function registerRawBodyParser(server: FastifyInstance): void {
  server.addContentTypeParser(OCTET_STREAM, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', (request, _reply, done) => {
    if (acceptsRawBody(request)) request.headers['content-type'] = OCTET_STREAM;
    done();
  });
}
