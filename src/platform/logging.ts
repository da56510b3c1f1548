import type { Params } from 'nestjs-pino';
import type { PlatformSettings } from './config/platform.settings';
import { currentContext } from './request-context';

const INFO_LEVEL = 30;
/** Nest's loggers that list every module and route at start-up. */
const NOISY_CONTEXTS = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Logs JSON lines without bodies, tokens, addresses or query strings. server.ts logs one line per request. */
export function loggerOptions({ logLevel, logPretty }: Pick<PlatformSettings, 'logLevel' | 'logPretty'>): Params {
  return {
    forRoutes: [],
    pinoHttp: {
      level: logLevel,
      transport: logPretty
        ? { target: 'pino-pretty', options: { singleLine: true, ignore: 'pid,hostname' } }
        : undefined,
      redact: ['password', 'token', 'email', 'phone', '*.password', '*.token', '*.email', '*.phone'],
      mixin: () => {
        const context = currentContext();
        return context ? { requestId: context.requestId } : {};
      },
      hooks: {
        logMethod(input, log, level) {
          const { context = '' } = (input[0] ?? {}) as { context?: string };
          if (level > INFO_LEVEL || !NOISY_CONTEXTS.has(context)) log.apply(this, input);
        },
      },
    },
  };
}
