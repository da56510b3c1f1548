import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AddRouteConfig } from './route-config';

/** The content type given to bodies that must not be parsed. */
const OCTET_STREAM = 'application/octet-stream';

/**
 * Gives a route the unparsed bytes of its body, whatever its content type, so that it can verify a signature or accept a
 * form. `maxBytes`: a lower limit than that of other bodies.
 */
export function AcceptsRawBody({ maxBytes }: { maxBytes?: number } = {}): MethodDecorator {
  return AddRouteConfig({ rawBody: true, maxBytes });
}

export function acceptsRawBody({ routeOptions: { config } }: FastifyRequest): boolean {
  return (config as { rawBody?: true }).rawBody === true;
}

/** The bytes of a body; empty if there is no body. */
export const RawBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
});

/** Registers the parser for routes that accept a raw body. Other routes refuse bytes like any body that is not JSON. */
export function registerRawBodyParser(server: FastifyInstance): void {
  server.addContentTypeParser(OCTET_STREAM, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('onRoute', (route) => {
    const { maxBytes } = (route.config ?? {}) as { maxBytes?: number };
    if (maxBytes !== undefined) route.bodyLimit = maxBytes;
  });
  server.addHook('onRequest', (request, _reply, done) => {
    if (acceptsRawBody(request)) request.headers['content-type'] = OCTET_STREAM;
    done();
  });
}
