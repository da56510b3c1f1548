import { Logger } from '@nestjs/common';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Config } from '../config';
import { runInContext } from '../context';
import { Ending } from '../ending';
import { newEventId } from '../ids';
import { nameSpan, traceId } from '../telemetry/tracing';
import { AnswerInterceptor } from './answer.interceptor';
import { answerWith, ProblemFilter } from './problem.filter';
import { takeRawBodies, takesRawBody } from './raw-body';
import { believeOnly, complaintAbout, withoutEmptyBody, withoutEmptyQuery } from './request-shape';
import { TooManyFromAddress } from './rate-limit';
import { validationPipe } from './validation';

const logger = new Logger('HTTP');

const BODY_LIMIT_BYTES = 100 * 1024;
const TRACE_PARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const REQUEST_ID = /^[\w.:-]{1,128}$/;
/** Above the 60 s of load balancers, so that none sends a request down a connection being closed. */
const KEEP_ALIVE_MILLISECONDS = 75_000;
/** For a request to come in whole. */
const REQUEST_MILLISECONDS = 30_000;

const ANSWER_POLICY = "default-src 'none'; frame-ancestors 'none'";
const PAGE_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; frame-ancestors 'none'";

/** What comes in is checked by class-validator: Fastify's own compilers of schemas, a hundred files, are not even loaded. */
function noSchemas(): never {
  throw new Error('No route has a schema of Fastify; describe what it takes by a class');
}

export function createAdapter({ trustedProxies }: Pick<Config, 'trustedProxies'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    requestTimeout: REQUEST_MILLISECONDS,
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: true },
    requestIdHeader: false,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    // What has come over a connection that was open is served.
    return503OnClosing: false,
    genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers),
    // What fails before a route is found never comes to the filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => answerWith(error, request, reply),
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
function requestIdOf({ 'x-request-id': given, traceparent }: IncomingHttpHeaders): string {
  if (typeof given === 'string' && REQUEST_ID.test(given)) return given;
  return TRACE_PARENT.exec(String(traceparent))?.[1] ?? traceId() ?? newEventId();
}

/** The HTTP face as every way of starting has it: the program's, and the tests'. */
export async function configureServer(app: NestFastifyApplication, config: Config): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    reply.header('Content-Security-Policy', request.url.startsWith('/docs') ? PAGE_POLICY : ANSWER_POLICY);
    withoutEmptyBody(request);
    if (config.clientAddressHeader) believeOnly(config.clientAddressHeader, request);
    runInContext({ requestId: request.id }, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply);
    done();
  });
  if (config.traces) {
    server.addHook('onRequest', ({ method, routeOptions: { url = 'nothing' } }, _reply, done) => {
      nameSpan(`${method} ${url}`);
      done();
    });
  }
  takeRawBodies(server);
  server.addHook('preValidation', (request, _reply, done) => {
    withoutEmptyQuery(request);
    done(takesRawBody(request) ? undefined : complaintAbout(request));
  });
  closeGently(app);
  // Helmet would put the policy together anew for every request.
  await app.register(helmet, { contentSecurityPolicy: false });
  if (config.rateLimits) {
    await app.register(rateLimit, {
      global: false,
      cache: 10_000,
      enableDraftSpec: true,
      errorResponseBuilder: (_: unknown, { ttl, max }: { ttl: number; max: number }) =>
        new TooManyFromAddress(Math.ceil(ttl / 1000), max),
    });
  }
  app.enableCors({
    origin: config.corsOrigins.length > 0 ? config.corsOrigins : false,
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
    strictPreflight: false,
    exposedHeaders: [
      'Content-Disposition',
      'Link',
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
  app.useGlobalInterceptors(new AnswerInterceptor());
  app.useGlobalFilters(new ProblemFilter());
}

/** Once it is closing, every answer is the last on its connection: clients that keep theirs would keep it alive. */
function closeGently(app: NestFastifyApplication): void {
  const ending = app.get(Ending);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (ending.hasBegun) reply.header('Connection', 'close');
      done();
    });
}
