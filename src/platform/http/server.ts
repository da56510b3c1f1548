import helmet from '@fastify/helmet';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import { Logger } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { newEventId } from '../../kernel/ids';
import type { Caller } from '../auth/caller';
import type { PlatformSettings } from '../config/platform.settings';
import { runInContext } from '../request-context';
import { ShutdownSignal } from '../shutdown/shutdown-signal';
import { currentTraceId, renameSpan } from '../telemetry/tracing';
import { addressHasher } from './address-hash';
import { cacheControlOf } from './cache-control';
import { ProblemFilter, sendProblem } from './problem.filter';
import { RateLimitExceeded } from '../errors';
import { acceptsRawBody, registerRawBodyParser } from './raw-body';
import { dropEmptyBodyType, dropEmptyQueryFields, requestShapeError, setForwardedFor } from './request-shape';
import { ResponseInterceptor } from './response.interceptor';
import { validationPipe } from './validation';

const logger = new Logger('HTTP');

const BODY_LIMIT_BYTES = 100 * 1024;
const TRACE_PARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const REQUEST_ID = /^[\w.:-]{1,128}$/;
/** Longer than the 60 s of load balancers, so that they never send a request on a connection that is being closed. */
const KEEP_ALIVE_MILLISECONDS = 75_000;
/** Time within which a request must arrive completely. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;
/** By default Node looks for requests that are too slow every 30 s, so they could take twice the time. */
const TIMEOUT_CHECK_MILLISECONDS = 2_000;

const API_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";
const DOCS_CONTENT_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; frame-ancestors 'none'";

/** Requests are validated by class-validator, so Fastify's schema compilers (a hundred files) are not loaded. */
function rejectRouteSchema(): never {
  throw new Error('Routes have no Fastify schema; describe the request by a class');
}

export function createAdapter({ trustedProxies }: Pick<PlatformSettings, 'trustedProxies'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    // Set twice, because Node takes the limit of headers from it only when the server is created.
    http: {
      requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MILLISECONDS,
    },
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: true },
    requestIdHeader: false,
    schemaController: { compilersFactory: { buildValidator: rejectRouteSchema, buildSerializer: rejectRouteSchema } },
    // Requests that arrive on an open connection during shutdown are served.
    return503OnClosing: false,
    genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers),
    // Errors before routing do not reach ProblemFilter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => sendProblem(error, request, reply),
  });
}

/** Refusals that an honest client hardly ever sees. */
const SUSPICIOUS_STATUSES: ReadonlySet<number> = new Set([403, 429]);

/** Never logs the query and the client address, which are personal data. */
function logRequest(request: FastifyRequest & { user?: Caller }, reply: FastifyReply, address: string): void {
  const { id: requestId, method, url, user } = request;
  const path = url.split('?', 1)[0]?.slice(0, 200);
  if (path?.startsWith('/health/')) return;
  const { statusCode: status } = reply;
  const milliseconds = Math.round(reply.elapsedTime);
  const fields = { requestId, method, path, status, milliseconds, userId: user?.userId, address };
  if (SUSPICIOUS_STATUSES.has(status)) logger.warn(fields, 'Request answered');
  else logger.log(fields, 'Request answered');
}

/** The id sent by the client, else the id of its trace (W3C traceparent), else a new one. */
function requestIdOf({ 'x-request-id': clientRequestId, traceparent }: IncomingHttpHeaders): string {
  if (typeof clientRequestId === 'string' && REQUEST_ID.test(clientRequestId)) return clientRequestId;
  return TRACE_PARENT.exec(String(traceparent))?.[1] ?? currentTraceId() ?? newEventId();
}

/** Configures the HTTP server, for the program and for tests. */
export async function configureServer(app: NestFastifyApplication, config: PlatformSettings): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  const hashAddress = addressHasher(config.jwtSecret);
  // As the throttles: an IPv6 network counts as one address.
  const hashOf = ({ ip }: FastifyRequest) => hashAddress(normalizeIP(ip));
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    reply.header('Cache-Control', cacheControlOf(request));
    reply.header('Content-Security-Policy', request.url.startsWith('/docs') ? DOCS_CONTENT_POLICY : API_CONTENT_POLICY);
    dropEmptyBodyType(request);
    if (config.clientAddressHeader) setForwardedFor(config.clientAddressHeader, request);
    runInContext({ requestId: request.id, addressHash: hashOf(request) }, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply, hashOf(request));
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
  // Helmet would build the policy for every request.
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

/** During shutdown, every response closes its connection. Otherwise keep-alive connections would delay the exit. */
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
