import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config';
import { runInContext } from '../context';
import { Relay } from '../events/relay';
import { newEventId } from '../ids';
import { AnswerInterceptor } from './answer.interceptor';
import { ProblemFilter } from './problem.filter';
import { TooManyFromAddress } from './rate-limit';
import { validationPipe } from './validation';

const BODY_LIMIT_BYTES = 100 * 1024;
const REQUEST_ID = /^[\w.:-]{1,128}$/;
/** Above the 60 s of load balancers, so that none sends a request down a connection being closed. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

const ANSWER_POLICY = "default-src 'none'; frame-ancestors 'none'";
const PAGE_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; frame-ancestors 'none'";

export function createAdapter({ trustedProxies }: Pick<Config, 'trustedProxies'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: true },
    requestIdHeader: false,
    // What has come over a connection that was open is served.
    return503OnClosing: false,
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : newEventId();
    },
  });
}

/** The HTTP face as every way of starting has it: the program's, and the tests'. */
export async function configureServer(app: NestFastifyApplication, config: Config): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    reply.header('Content-Security-Policy', request.url.startsWith('/docs') ? PAGE_POLICY : ANSWER_POLICY);
    runInContext({ requestId: request.id }, done);
  });
  // Helmet would put the policy together anew for every request.
  closeGently(app);
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
    exposedHeaders: [
      'Link',
      'ETag',
      'X-Request-Id',
      'Idempotency-Replayed',
      'Location',
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

/**
 * Once it is closing, every answer is the last on its connection: clients that keep theirs would keep the process
 * alive. What the last requests have told is delivered before anything else is taken down.
 */
function closeGently(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  let isClosing = false;
  server.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('Connection', 'close');
    done();
  });
  server.addHook('onClose', () => app.get(Relay).idle());
}
