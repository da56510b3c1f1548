import { Temporal } from 'temporal-polyfill';
import { TIME_PATTERN } from './calendar';

export type AppRole = 'api' | 'worker' | 'scheduler';
export type Environment = Readonly<Record<string, string | undefined>>;

const ROLES: readonly AppRole[] = ['api', 'worker', 'scheduler'];
const GATEWAYS = ['sandbox', 'stripe'] as const;
/** How the sandbox sends its webhooks: for every charge, some seconds later, each twice, the last first. */
const SANDBOX_WEBHOOKS = ['every', 'late', 'twice', 'shuffled'] as const;
const NO_MONEY_MOVES = 'yes-no-money-moves';

/** What the program was started with: read once, checked once. docs: README, 'Configuration'. */
export type Config = ReturnType<typeof readConfig>;

/** The dependency-injection token of the configuration. */
export const CONFIG = Symbol('configuration');

/** The variables that are wrong or missing; names, never values, since a value may be a secret. */
export class ConfigurationError extends Error {
  constructor(readonly complaints: readonly string[]) {
    super(`The configuration cannot be used:\n${complaints.map((complaint) => `  - ${complaint}`).join('\n')}`);
  }
}

export function isProduction(environment: Environment = process.env): boolean {
  return environment.NODE_ENV === 'production';
}

/** Whether somebody takes traces and metrics by OpenTelemetry, and nobody has turned it off; its own variables say the rest. */
export function isTraced(environment: Environment = process.env): boolean {
  const isOff = environment.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true';
  return !isOff && Boolean(environment.OTEL_EXPORTER_OTLP_ENDPOINT?.trim());
}

export function readConfig(environment: Environment = process.env) {
  const read = new Reader(environment);
  const production = isProduction(environment);
  // Local defaults want a local database too: a task on AWS with NODE_ENV misspelt must not take them.
  const isLocal = !production && read.optional('DYNAMODB_ENDPOINT') !== undefined;
  const localDefault = <T>(value: T): T | undefined => (isLocal ? value : undefined);

  const region = read.text('AWS_REGION', 'ap-south-1');
  const tablePrefix = read.text('TABLE_PREFIX', 'milkround-');
  const sqsEndpoint = read.optional('SQS_ENDPOINT');
  const gateway = read.choice('PAYMENT_GATEWAY', GATEWAYS, localDefault('sandbox' as const));
  const localQueue = (name: string) => localDefault(`${sqsEndpoint ?? 'http://127.0.0.1:4566'}/000000000000/${name}`);

  const config = {
    production,
    port: read.integer('PORT', 3000, { min: 0, max: 65535 }),
    host: read.text('HOST', '0.0.0.0'),
    publicUrl: read.text('PUBLIC_URL', localDefault(`http://localhost:${environment.PORT ?? 3000}`)),
    roles: new Set(read.list('APP_ROLES', ROLES, ROLES)),
    logLevel: read.choice('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    logPretty: read.flag('LOG_PRETTY', false),
    /** Without one, no metrics are written into the log. */
    metricsNamespace: read.optional('METRICS_NAMESPACE') ?? (production ? 'Milkround' : undefined),
    traces: isTraced(environment),

    currency: read.text('CURRENCY', 'INR', /^[A-Z]{3}$/),
    zone: read.zone('BUSINESS_TIMEZONE', 'Asia/Kolkata'),
    cutoffTime: read.text('CUTOFF_TIME', '21:00', TIME_PATTERN),
    retryUntil: read.text('RETRY_UNTIL', '04:00', TIME_PATTERN),
    catchUpDays: read.integer('CATCH_UP_DAYS', 7, { min: 0, max: 7 }),
    leadMinutes: read.integer('LEAD_MINUTES', 60, { min: 0, max: 10_080 }),
    paymentWindowMinutes: read.integer('PAYMENT_WINDOW_MINUTES', 15, { min: 1, max: 1_440 }),

    region,
    tablePrefix,
    endpoints: {
      dynamodb: read.optional('DYNAMODB_ENDPOINT'),
      sqs: sqsEndpoint,
      sns: read.optional('SNS_ENDPOINT'),
      ses: read.optional('SES_ENDPOINT'),
      sms: read.optional('SMS_ENDPOINT'),
    },
    analyticsQueueUrl: read.text('ANALYTICS_QUEUE_URL', localQueue(`${tablePrefix}analytics`)),
    generationQueueUrl: read.text('GENERATION_QUEUE_URL', localQueue(`${tablePrefix}generation`)),
    notificationQueueUrl: read.text('NOTIFICATION_QUEUE_URL', localQueue(`${tablePrefix}notifications`)),
    notificationTopicArn: read.text(
      'NOTIFICATION_TOPIC_ARN',
      localDefault(`arn:aws:sns:${region}:000000000000:${tablePrefix}notifications`),
    ),
    passwordResetUrl: read.url('PASSWORD_RESET_URL'),
    mailFrom: read.text('MAIL_FROM', localDefault('Milkround <milk@milkround.test>')),

    jwtSecret: read.secret('JWT_SECRET', localDefault('a local secret that production refuses')),
    jwtIssuer: read.text('JWT_ISSUER', 'milkround'),
    jwtAudience: read.text('JWT_AUDIENCE', 'milkround-api'),
    /** Whose tokens are taken beside our own. */
    issuer: read.optional('AUTH_ISSUER') === undefined ? undefined : readIssuer(read, isLocal),
    sandboxSecret:
      gateway === 'sandbox'
        ? read.secret('SANDBOX_WEBHOOK_SECRET', localDefault('a local secret for sandbox webhooks'))
        : '',
    sandboxWebhooks: new Set(read.list('SANDBOX_WEBHOOKS', SANDBOX_WEBHOOKS, [])),
    /** Only when it is the gateway. */
    stripe: gateway === 'stripe' ? readStripe(read) : undefined,
    corsOrigins: read.strings('CORS_ORIGINS'),
    trustedProxies: read.proxies('TRUSTED_PROXIES', localDefault('none')),
    clientAddressHeader: read.optional('CLIENT_ADDRESS_HEADER')?.toLowerCase(),
    rateLimits: read.flag('RATE_LIMITS', true),
    queueRetrySeconds: read.integer('QUEUE_RETRY_SECONDS', 5, { min: 0, max: 60 }),
    queueLeaseSeconds: read.integer('QUEUE_LEASE_SECONDS', 30, { min: 3, max: 3_600 }),
    startWaitSeconds: read.integer('START_WAIT_SECONDS', 60, { min: 0, max: 600 }),
    drainSeconds: read.integer('DRAIN_SECONDS', production ? 5 : 0, { min: 0, max: 20 }),
    outboxSweepAfterSeconds: read.integer('OUTBOX_SWEEP_AFTER_SECONDS', 30, { min: 1, max: 3_600 }),
  };

  if (!isLocal && gateway === 'sandbox' && read.optional('SANDBOX_IN_PRODUCTION') !== NO_MONEY_MOVES) {
    read.complain(
      'PAYMENT_GATEWAY is sandbox, which moves no money: set it to stripe, ' +
        `or say it twice with SANDBOX_IN_PRODUCTION=${NO_MONEY_MOVES}`,
    );
  }
  if (config.stripe?.apiUrl && !isLocal) read.complain('STRIPE_API_URL can be set only with a local DYNAMODB_ENDPOINT');
  if (config.stripe && decimalsOf(config.currency) !== 2) {
    read.complain('CURRENCY must have two decimals with PAYMENT_GATEWAY=stripe, which counts in its smallest coin');
  }
  if (!isLocal && !config.rateLimits) read.complain('RATE_LIMITS can be off only with a local DYNAMODB_ENDPOINT');
  read.finish();
  return config;
}

export type StripeSettings = ReturnType<typeof readStripe>;

function readStripe(read: Reader) {
  return {
    secretKey: read.text('STRIPE_SECRET_KEY', undefined, /^[sr]k_/),
    webhookSecret: read.text('STRIPE_WEBHOOK_SECRET', undefined, /^whsec_/),
    apiUrl: read.url('STRIPE_API_URL'),
  };
}

function readIssuer(read: Reader, isLocal: boolean) {
  const url = (read.url('AUTH_ISSUER') ?? '').replace(/\/$/, '');
  const keysUrl = read.url('AUTH_JWKS_URL') ?? `${url}/.well-known/jwks.json`;
  if (!isLocal && ![url, keysUrl].every((address) => address.startsWith('https:'))) {
    read.complain('AUTH_ISSUER and AUTH_JWKS_URL must be https');
  }
  return {
    /** Issuers differ on the slash at its end. */
    names: [url, `${url}/`],
    keysUrl,
    audience: read.text('AUTH_AUDIENCE', undefined),
    rolesClaim: read.text('AUTH_ROLES_CLAIM', 'cognito:groups'),
  };
}

function decimalsOf(currency: string): number | undefined {
  // What is not the name of a currency has been complained of.
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
}

/** The password of the people of the demo dairy. */
export function demoPassword(environment: Environment = process.env): string {
  return environment.DEMO_PASSWORD || 'milkround-demo';
}

/** The password that `admin:create` is given where nobody can be asked; never on the command line, which others see. */
export function adminPassword(environment: Environment = process.env): string | undefined {
  return environment.ADMIN_PASSWORD;
}

/** For one-off commands, before they start: they serve nobody and take no work from queues. */
export function takeNoRole(): void {
  process.env.APP_ROLES = 'api';
}

class Reader {
  private readonly complaints: string[] = [];

  constructor(private readonly environment: Environment) {}

  optional(name: string): string | undefined {
    return this.environment[name]?.trim() || undefined;
  }

  text(name: string, fallback: string | undefined, pattern?: RegExp): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) this.complain(`${name} is missing`);
    else if (pattern && !pattern.test(value)) this.complain(`${name} must match ${pattern}`);
    return value ?? '';
  }

  url(name: string): string | undefined {
    const value = this.optional(name);
    if (value !== undefined && !URL.canParse(value)) this.complain(`${name} must be a URL`);
    return value;
  }

  secret(name: string, fallback: string | undefined): string {
    const value = this.text(name, fallback);
    if (value !== '' && value.length < 32) this.complain(`${name} must have at least 32 characters`);
    return value;
  }

  integer(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const value = Number(this.optional(name) ?? fallback);
    if (!Number.isInteger(value) || value < min || value > max) {
      this.complain(`${name} must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.optional(name) ?? String(fallback);
    if (!['true', 'false', 'on', 'off'].includes(value)) this.complain(`${name} must be on or off`);
    return value === 'true' || value === 'on';
  }

  choice<T extends string, F extends T | undefined>(name: string, choices: readonly T[], fallback: F): T | F {
    const value = this.optional(name) ?? fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.complain(`${name} must be one of ${choices.join(', ')}`);
    return chosen ?? fallback;
  }

  strings(name: string): string[] {
    return (this.optional(name) ?? '').split(',').flatMap((part) => part.trim() || []);
  }

  /** Without it, everybody behind a load balancer has one address; `none` says that there is no proxy. */
  proxies(name: string, fallback: string | undefined): string[] {
    return this.text(name, fallback) === 'none' ? [] : this.strings(name);
  }

  list<T extends string>(name: string, choices: readonly T[], fallback: readonly T[]): readonly T[] {
    const values = this.strings(name);
    if (values.some((value) => !choices.some((choice) => choice === value))) {
      this.complain(`${name} must be a comma-separated list out of ${choices.join(', ')}`);
    }
    return values.length === 0 ? fallback : choices.filter((choice) => values.includes(choice));
  }

  zone(name: string, fallback: string): string {
    const value = this.text(name, fallback);
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value);
    } catch {
      this.complain(`${name} must be an IANA time zone such as Asia/Kolkata`);
    }
    return value;
  }

  complain(complaint: string): void {
    this.complaints.push(complaint);
  }

  finish(): void {
    if (this.complaints.length > 0) throw new ConfigurationError(this.complaints);
  }
}
