import { Temporal } from 'temporal-polyfill';
import { TIME_PATTERN } from '../../kernel/calendar';

export type AppRole = 'api' | 'worker' | 'scheduler';
export type Environment = Readonly<Record<string, string | undefined>>;

const ROLES: readonly AppRole[] = ['api', 'worker', 'scheduler'];
const PAYMENT_GATEWAYS = ['sandbox', 'stripe'] as const;
/** How the sandbox sends its webhooks: for every charge, some seconds later, each twice, the last first. */
const SANDBOX_WEBHOOK_MODES = ['every', 'late', 'twice', 'shuffled'] as const;
const SANDBOX_IN_PRODUCTION_CONFIRMATION = 'yes-no-money-moves';

/** What the program was started with: read once, checked once. docs: README, 'Configuration'. */
export type Config = ReturnType<typeof readConfig>;

/** The dependency-injection token of the configuration. */
export const CONFIG = Symbol('configuration');

/** The variables that are wrong or missing; names, never values, since a value may be a secret. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((complaint) => `  - ${complaint}`).join('\n')}`);
  }
}

export function isProduction(environment: Environment = process.env): boolean {
  return environment.NODE_ENV === 'production';
}

/** Whether somebody takes traces and metrics by OpenTelemetry, and nobody has turned it off; its own variables say the rest. */
export function isTracingEnabled(environment: Environment = process.env): boolean {
  const isOff = environment.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true';
  return !isOff && Boolean(environment.OTEL_EXPORTER_OTLP_ENDPOINT?.trim());
}

export function readConfig(environment: Environment = process.env) {
  const env = new EnvReader(environment);
  const production = isProduction(environment);
  // Local defaults want a local database too: a task on AWS with NODE_ENV misspelt must not take them.
  const isLocal = !production && env.optional('DYNAMODB_ENDPOINT') !== undefined;
  const localDefault = <T>(value: T): T | undefined => (isLocal ? value : undefined);

  const region = env.text('AWS_REGION', 'ap-south-1');
  const tablePrefix = env.text('TABLE_PREFIX', 'milkround-');
  const sqsEndpoint = env.optional('SQS_ENDPOINT');
  const gateway = env.choice('PAYMENT_GATEWAY', PAYMENT_GATEWAYS, localDefault('sandbox' as const));
  const localQueue = (name: string) => localDefault(`${sqsEndpoint ?? 'http://127.0.0.1:4566'}/000000000000/${name}`);

  const config = {
    production,
    port: env.integer('PORT', 3000, { min: 0, max: 65535 }),
    host: env.text('HOST', '0.0.0.0'),
    publicUrl: env.text('PUBLIC_URL', localDefault(`http://localhost:${environment.PORT ?? 3000}`)),
    roles: new Set(env.choices('APP_ROLES', ROLES, ROLES)),
    logLevel: env.choice('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    logPretty: env.flag('LOG_PRETTY', false),
    /** Without one, no metrics are written into the log. */
    metricsNamespace: env.optional('METRICS_NAMESPACE') ?? (production ? 'Milkround' : undefined),
    traces: isTracingEnabled(environment),

    currency: env.text('CURRENCY', 'INR', /^[A-Z]{3}$/),
    zone: env.timeZone('BUSINESS_TIMEZONE', 'Asia/Kolkata'),
    cutoffTime: env.text('CUTOFF_TIME', '21:00', TIME_PATTERN),
    retryUntil: env.text('RETRY_UNTIL', '04:00', TIME_PATTERN),
    catchUpDays: env.integer('CATCH_UP_DAYS', 7, { min: 0, max: 7 }),
    leadMinutes: env.integer('LEAD_MINUTES', 60, { min: 0, max: 10_080 }),
    paymentWindowMinutes: env.integer('PAYMENT_WINDOW_MINUTES', 15, { min: 1, max: 1_440 }),

    region,
    tablePrefix,
    endpoints: {
      dynamodb: env.optional('DYNAMODB_ENDPOINT'),
      sqs: sqsEndpoint,
      sns: env.optional('SNS_ENDPOINT'),
      ses: env.optional('SES_ENDPOINT'),
      sms: env.optional('SMS_ENDPOINT'),
    },
    analyticsQueueUrl: env.text('ANALYTICS_QUEUE_URL', localQueue(`${tablePrefix}analytics`)),
    generationQueueUrl: env.text('GENERATION_QUEUE_URL', localQueue(`${tablePrefix}generation`)),
    notificationQueueUrl: env.text('NOTIFICATION_QUEUE_URL', localQueue(`${tablePrefix}notifications`)),
    notificationTopicArn: env.text(
      'NOTIFICATION_TOPIC_ARN',
      localDefault(`arn:aws:sns:${region}:000000000000:${tablePrefix}notifications`),
    ),
    passwordResetUrl: env.url('PASSWORD_RESET_URL'),
    mailFrom: env.text('MAIL_FROM', localDefault('Milkround <milk@milkround.test>')),

    jwtSecret: env.secret('JWT_SECRET', localDefault('a local secret that production refuses')),
    jwtIssuer: env.text('JWT_ISSUER', 'milkround'),
    jwtAudience: env.text('JWT_AUDIENCE', 'milkround-api'),
    /** Whose tokens are taken beside our own. */
    issuer: env.optional('AUTH_ISSUER') === undefined ? undefined : readOidcIssuer(env, isLocal),
    sandboxSecret:
      gateway === 'sandbox'
        ? env.secret('SANDBOX_WEBHOOK_SECRET', localDefault('a local secret for sandbox webhooks'))
        : '',
    sandboxWebhooks: new Set(env.choices('SANDBOX_WEBHOOKS', SANDBOX_WEBHOOK_MODES, [])),
    /** Only when it is the gateway. */
    stripe: gateway === 'stripe' ? readStripeConfig(env) : undefined,
    corsOrigins: env.commaSeparated('CORS_ORIGINS'),
    trustedProxies: env.proxies('TRUSTED_PROXIES', localDefault('none')),
    clientAddressHeader: env.optional('CLIENT_ADDRESS_HEADER')?.toLowerCase(),
    rateLimits: env.flag('RATE_LIMITS', true),
    queueRetrySeconds: env.integer('QUEUE_RETRY_SECONDS', 5, { min: 0, max: 60 }),
    queueLeaseSeconds: env.integer('QUEUE_LEASE_SECONDS', 30, { min: 3, max: 3_600 }),
    startWaitSeconds: env.integer('START_WAIT_SECONDS', 60, { min: 0, max: 600 }),
    drainSeconds: env.integer('DRAIN_SECONDS', production ? 5 : 0, { min: 0, max: 20 }),
    outboxSweepAfterSeconds: env.integer('OUTBOX_SWEEP_AFTER_SECONDS', 30, { min: 1, max: 3_600 }),
  };

  if (
    !isLocal &&
    gateway === 'sandbox' &&
    env.optional('SANDBOX_IN_PRODUCTION') !== SANDBOX_IN_PRODUCTION_CONFIRMATION
  ) {
    env.addProblem(
      'PAYMENT_GATEWAY is sandbox, which moves no money: set it to stripe, ' +
        `or say it twice with SANDBOX_IN_PRODUCTION=${SANDBOX_IN_PRODUCTION_CONFIRMATION}`,
    );
  }
  if (config.stripe?.apiUrl && !isLocal)
    env.addProblem('STRIPE_API_URL can be set only with a local DYNAMODB_ENDPOINT');
  if (config.stripe && decimalsOf(config.currency) !== 2) {
    env.addProblem('CURRENCY must have two decimals with PAYMENT_GATEWAY=stripe, which counts in its smallest coin');
  }
  if (!isLocal && !config.rateLimits) env.addProblem('RATE_LIMITS can be off only with a local DYNAMODB_ENDPOINT');
  env.throwIfInvalid();
  return config;
}

export type StripeConfig = ReturnType<typeof readStripeConfig>;

function readStripeConfig(env: EnvReader) {
  return {
    secretKey: env.text('STRIPE_SECRET_KEY', undefined, /^[sr]k_/),
    webhookSecret: env.text('STRIPE_WEBHOOK_SECRET', undefined, /^whsec_/),
    apiUrl: env.url('STRIPE_API_URL'),
  };
}

function readOidcIssuer(env: EnvReader, isLocal: boolean) {
  const url = (env.url('AUTH_ISSUER') ?? '').replace(/\/$/, '');
  const keysUrl = env.url('AUTH_JWKS_URL') ?? `${url}/.well-known/jwks.json`;
  if (!isLocal && ![url, keysUrl].every((address) => address.startsWith('https:'))) {
    env.addProblem('AUTH_ISSUER and AUTH_JWKS_URL must be https');
  }
  return {
    /** Issuers differ on the slash at its end. */
    names: [url, `${url}/`],
    keysUrl,
    audience: env.text('AUTH_AUDIENCE', undefined),
    rolesClaim: env.text('AUTH_ROLES_CLAIM', 'cognito:groups'),
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
export function disableBackgroundRoles(): void {
  process.env.APP_ROLES = 'api';
}

class EnvReader {
  private readonly problems: string[] = [];

  constructor(private readonly environment: Environment) {}

  optional(name: string): string | undefined {
    return this.environment[name]?.trim() || undefined;
  }

  text(name: string, fallback: string | undefined, pattern?: RegExp): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) this.addProblem(`${name} is missing`);
    else if (pattern && !pattern.test(value)) this.addProblem(`${name} must match ${pattern}`);
    return value ?? '';
  }

  url(name: string): string | undefined {
    const value = this.optional(name);
    if (value !== undefined && !URL.canParse(value)) this.addProblem(`${name} must be a URL`);
    return value;
  }

  secret(name: string, fallback: string | undefined): string {
    const value = this.text(name, fallback);
    if (value !== '' && value.length < 32) this.addProblem(`${name} must have at least 32 characters`);
    return value;
  }

  integer(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const value = Number(this.optional(name) ?? fallback);
    if (!Number.isInteger(value) || value < min || value > max) {
      this.addProblem(`${name} must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.optional(name) ?? String(fallback);
    if (!['true', 'false', 'on', 'off'].includes(value)) this.addProblem(`${name} must be on or off`);
    return value === 'true' || value === 'on';
  }

  choice<T extends string, F extends T | undefined>(name: string, choices: readonly T[], fallback: F): T | F {
    const value = this.optional(name) ?? fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.addProblem(`${name} must be one of ${choices.join(', ')}`);
    return chosen ?? fallback;
  }

  commaSeparated(name: string): string[] {
    return (this.optional(name) ?? '').split(',').flatMap((part) => part.trim() || []);
  }

  /** Without it, everybody behind a load balancer has one address; `none` says that there is no proxy. */
  proxies(name: string, fallback: string | undefined): string[] {
    return this.text(name, fallback) === 'none' ? [] : this.commaSeparated(name);
  }

  choices<T extends string>(name: string, allowed: readonly T[], fallback: readonly T[]): readonly T[] {
    const values = this.commaSeparated(name);
    if (values.some((value) => !allowed.some((choice) => choice === value))) {
      this.addProblem(`${name} must be a comma-separated list out of ${allowed.join(', ')}`);
    }
    return values.length === 0 ? fallback : allowed.filter((choice) => values.includes(choice));
  }

  timeZone(name: string, fallback: string): string {
    const value = this.text(name, fallback);
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value);
    } catch {
      this.addProblem(`${name} must be an IANA time zone such as Asia/Kolkata`);
    }
    return value;
  }

  addProblem(problem: string): void {
    this.problems.push(problem);
  }

  throwIfInvalid(): void {
    if (this.problems.length > 0) throw new ConfigurationError(this.problems);
  }
}
