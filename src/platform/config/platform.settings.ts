import { declareSettings, type SettingsOf } from './configuration';
import { type EnvReader, isTracingEnabled } from './env-reader';
import { HTTP_URL, matching } from './text-formats';

export type AppRole = 'api' | 'worker' | 'scheduler';

const ROLES: readonly AppRole[] = ['api', 'worker', 'scheduler'];

const CURRENCY = matching(/^[A-Z]{3}$/, 'a currency code such as INR');
const REGION = matching(/^[a-z\d-]+$/, 'an AWS region such as ap-south-1');
const TABLE_PREFIX = matching(/^[\w.-]{1,100}$/, 'up to 100 letters, digits, hyphens, dots or underscores');

/** Where the tables are. A command that only copies tables needs no other settings. */
export function readTableSettings(env: EnvReader) {
  return {
    region: env.text('AWS_REGION', 'ap-south-1', REGION),
    tablePrefix: env.text('TABLE_PREFIX', 'milkround-', TABLE_PREFIX),
    endpoint: env.httpUrl('DYNAMODB_ENDPOINT'),
  };
}

/** Technical settings, and the time zone and currency that all modules share. Documented in docs/configuration.md. */
export const PLATFORM_SETTINGS = declareSettings('platform', (env) => {
  const { isProduction: production, environment } = env;
  const rateLimits = env.flag('RATE_LIMITS', true);
  const { region, tablePrefix, endpoint } = readTableSettings(env);
  if (!env.isLocal && !rateLimits) env.addProblem('RATE_LIMITS can be off only with a local DYNAMODB_ENDPOINT');
  return {
    production,
    port: env.integer('PORT', 3000, { min: 0, max: 65535 }),
    host: env.text('HOST', '0.0.0.0'),
    publicUrl: env.text('PUBLIC_URL', env.localDefault(`http://localhost:${environment.PORT ?? 3000}`), HTTP_URL),
    roles: new Set(env.choices('APP_ROLES', ROLES, ROLES)),
    logLevel: env.choice('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    logPretty: env.flag('LOG_PRETTY', false),
    /** If undefined, no metrics are written to the log. */
    metricsNamespace: env.optional('METRICS_NAMESPACE') ?? (production ? 'Milkround' : undefined),
    traces: env.httpUrl('OTEL_EXPORTER_OTLP_ENDPOINT') !== undefined && isTracingEnabled(environment),

    currency: env.text('CURRENCY', 'INR', CURRENCY),
    zone: env.timeZone('BUSINESS_TIMEZONE', 'Asia/Kolkata'),

    region,
    tablePrefix,
    endpoints: {
      dynamodb: endpoint,
      sqs: env.httpUrl('SQS_ENDPOINT'),
      sns: env.httpUrl('SNS_ENDPOINT'),
      s3: env.httpUrl('S3_ENDPOINT'),
      /** The emulator of S3 as browsers reach it, for links. */
      s3Public: env.httpUrl('S3_PUBLIC_ENDPOINT'),
      ses: env.httpUrl('SES_ENDPOINT'),
      sms: env.httpUrl('SMS_ENDPOINT'),
      events: env.httpUrl('EVENTS_ENDPOINT'),
    },

    jwtSecret: env.secret('JWT_SECRET', 'a local secret that production refuses'),
    jwtSecretPrevious: env.optionalSecret('JWT_SECRET_PREVIOUS'),
    jwtIssuer: env.text('JWT_ISSUER', 'milkround'),
    jwtAudience: env.text('JWT_AUDIENCE', 'milkround-api'),
    corsOrigins: env.origins('CORS_ORIGINS'),
    trustedProxies: env.proxies('TRUSTED_PROXIES', env.localDefault('none')),
    clientAddressHeader: env.header('CLIENT_ADDRESS_HEADER'),
    rateLimits,
    userRequestsPerMinute: env.integer('USER_REQUESTS_PER_MINUTE', 300, { min: 10, max: 100_000 }),
    staffRequestsPerMinute: env.integer('STAFF_REQUESTS_PER_MINUTE', 1_200, { min: 10, max: 100_000 }),
    queueRetrySeconds: env.integer('QUEUE_RETRY_SECONDS', 5, { min: 0, max: 60 }),
    queueLeaseSeconds: env.integer('QUEUE_LEASE_SECONDS', 30, { min: 3, max: 3_600 }),
    startWaitSeconds: env.integer('START_WAIT_SECONDS', 60, { min: 0, max: 600 }),
    drainSeconds: env.integer('DRAIN_SECONDS', production ? 5 : 0, { min: 0, max: 20 }),
    outboxSweepAfterSeconds: env.integer('OUTBOX_SWEEP_AFTER_SECONDS', 30, { min: 1, max: 3_600 }),
  };
});

export type PlatformSettings = SettingsOf<typeof PLATFORM_SETTINGS>;
