import type { Params } from 'nestjs-pino';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from './config';
import { currentContext } from './context';

/** Nest's contexts that name every module and route at each start. */
const INFO = 30;
const ROLL_CALL = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** JSON lines, one a request, without bodies, tokens, addresses or query strings. */
export function loggerOptions({ logLevel, logPretty }: Pick<Config, 'logLevel' | 'logPretty'>): Params {
  return {
    pinoHttp: {
      level: logLevel,
      transport: logPretty
        ? { target: 'pino-pretty', options: { singleLine: true, ignore: 'pid,hostname' } }
        : undefined,
      redact: ['req.headers', 'password', 'token', 'email', 'phone', '*.password', '*.token', '*.email', '*.phone'],
      mixin: () => {
        const context = currentContext();
        return context ? { requestId: context.requestId } : {};
      },
      serializers: {
        req: ({ method, url }: IncomingMessage) => ({ method, path: url?.split('?', 1)[0]?.slice(0, 200) }),
        res: ({ statusCode }: ServerResponse) => ({ status: statusCode }),
      },
      hooks: {
        logMethod(input, log, level) {
          const { context = '' } = (input[0] ?? {}) as { context?: string };
          if (level > INFO || !ROLL_CALL.has(context)) log.apply(this, input);
        },
      },
      customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
      autoLogging: { ignore: ({ url }) => url?.startsWith('/health/') ?? false },
      quietReqLogger: true,
      quietResLogger: true,
    },
  };
}
