import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { Logger } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { newEventId } from '../../kernel/ids';
import type { PlatformSettings } from '../config/platform.settings';
import { runInContext } from '../request-context';
import { ShutdownSignal } from '../shutdown/shutdown-signal';
import { currentTraceId, renameSpan } from '../telemetry/tracing';
import { ProblemFilter, sendProblem } from './problem.filter';
import { RateLimitExceeded } from './rate-limit';
import { acceptsRawBody, registerRawBodyParser } from './raw-body';
import { dropEmptyBodyType, dropEmptyQueryFields, requestShapeError, setForwardedFor } from './request-shape';
import { ResponseInterceptor } from './response.interceptor';
import { validationPipe } from './validation';

const logger = new Logger('HTTP');

const BODY_LIMIT_BYTES = 100 * 1024;
const TRACE_PARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const REQUEST_ID = /^[\w.:-]{1,128}$/;
/** Above the 60 s of load balancers, so that none sends a request down a connection being closed. */
const KEEP_ALIVE_MILLISECONDS = 75_000;
/** For a request to come in whole. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

const API_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";
const DOCS_CONTENT_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; frame-ancestors 'none'";

/** What comes in is checked by class-validator: Fastify's own compilers of schemas, a hundred files, are not even loaded. */
function rejectRouteSchema(): never {
  throw new Error('No route has a schema of Fastify; describe what it takes by a class');
}

export function createAdapter({ trustedProxies }: Pick<PlatformSettings, 'trustedProxies'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: true },
    requestIdHeader: false,
    schemaController: { compilersFactory: { buildValidator: rejectRouteSchema, buildSerializer: rejectRouteSchema } },
    // What has come over a connection that was open is served.
    return503OnClosing: false,
    genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers),
    // What fails before a route is found never comes to the filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => sendProblem(error, request, reply),
  });
}

/** Never the query: it may hold what is nobody else's business. */
function logRequest({ id: requestId, method, url }: FastifyRequest, reply: FastifyReply): void {
  const path = url.split('?', 1)[0]?.slice(0, 200);
  if (path?.startsWith('/health/')) return;
  const milliseconds = Math.round(reply.elapsedTime);
  logger.log({ requestId, method, path, status: reply.statusCode, milliseconds }, 'Request answered');
}

/** The client's own id, or the trace it belongs to (W3C traceparent), or a new one. */
function requestIdOf({ 'x-request-id': clientRequestId, traceparent }: IncomingHttpHeaders): string {
  if (typeof clientRequestId === 'string' && REQUEST_ID.test(clientRequestId)) return clientRequestId;
  return TRACE_PARENT.exec(String(traceparent))?.[1] ?? currentTraceId() ?? newEventId();
}

/** The HTTP face as every way of starting has it: the program's, and the tests'. */
export async function configureServer(app: NestFastifyApplication, config: PlatformSettings): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    reply.header('Content-Security-Policy', request.url.startsWith('/docs') ? DOCS_CONTENT_POLICY : API_CONTENT_POLICY);
    dropEmptyBodyType(request);
    if (config.clientAddressHeader) setForwardedFor(config.clientAddressHeader, request);
    runInContext({ requestId: request.id }, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply);
    done();
  });
  if (config.traces) {
    server.addHook('onRequest', ({ method, routeOptions: { url = 'nothing' } }, _reply, done) => {
      renameSpan(`${method} ${url}`);
      done();
    });
  }
  registerRawBodyParser(server);
  server.addHook('preValidation', (request, _reply, done) => {
    dropEmptyQueryFields(request);
    done(acceptsRawBody(request) ? undefined : requestShapeError(request));
  });
  closeConnectionsOnShutdown(app);
  // Helmet would put the policy together anew for every request.
  await app.register(helmet, { contentSecurityPolicy: false });
  if (config.rateLimits) {
    await app.register(rateLimit, {
      global: false,
      cache: 10_000,
      enableDraftSpec: true,
      errorResponseBuilder: (_: unknown, { ttl, max }: { ttl: number; max: number }) =>
        new RateLimitExceeded(Math.ceil(ttl / 1000), max),
    });
  }
  app.enableCors({
    origin: config.corsOrigins.length > 0 ? config.corsOrigins : false,
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
    strictPreflight: false,
    exposedHeaders: [
      'Content-Disposition',
      'Link',
      'Location',
      'ETag',
      'X-Request-Id',
      'Idempotency-Replayed',
      'Retry-After',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
    ],
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalInterceptors(new ResponseInterceptor());
  app.useGlobalFilters(new ProblemFilter());
}

/** Once it is closing, every answer is the last on its connection: clients that keep theirs would keep it alive. */
function closeConnectionsOnShutdown(app: NestFastifyApplication): void {
  const shutdown = app.get(ShutdownSignal);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (shutdown.hasStarted) reply.header('Connection', 'close');
      done();
    });
}
