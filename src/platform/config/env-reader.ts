import { existsSync } from 'node:fs';
import { StartRefused } from '../start-refused';
import { HEADER_NAME, HTTP_URL, isNetwork, isOrigin, type TextFormat, TIME_ZONE } from './text-formats';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. */
export const processEnvironment: Environment = process.env;

/** Adds the variables of `.env` in the working directory, without replacing existing ones. `ConfigurationError`. */
export function loadEnvFile(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error';
    throw new ConfigurationError([`.env cannot be read (${reason}). Make it a readable file, or remove it`]);
  }
}

/** Invalid or missing variables. Has their names but never their values, which may be secrets. */
export class ConfigurationError extends StartRefused {
  constructor(readonly problems: readonly string[]) {
    super(`Invalid configuration: ${problems.join('; ')}. See docs/configuration.md.`);
  }
}

export function isProduction(environment: Environment = processEnvironment): boolean {
  return environment.NODE_ENV === 'production';
}

/** Whether an OpenTelemetry collector is configured and not disabled. The SDK reads its other variables itself. */
export function isTracingEnabled(environment: Environment = processEnvironment): boolean {
  const isOff = environment.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true';
  return !isOff && Boolean(environment.OTEL_EXPORTER_OTLP_ENDPOINT?.trim());
}

const MIN_SECRET_LENGTH = 32;
/** Different characters. Thirty-two random digits have ten, random hexadecimal digits fourteen on average. */
const MIN_SECRET_VARIETY = 8;

/** Reads environment variables and collects problems, which `throwIfInvalid` reports. */
export class EnvReader {
  private readonly problems = new Set<string>();
  private readonly secrets = new Map<string, string>();
  private readonly publicDefaults = new Set<string>();
  private readonly fallbacks = new Map<string, string | undefined>();
  readonly isProduction: boolean;
  /**
   * Whether this is a developer's machine, where most variables have defaults. Also requires a local database: a task
   * on AWS with a misspelt NODE_ENV must not get the local defaults.
   */
  readonly isLocal: boolean;

  constructor(readonly environment: Environment) {
    this.isProduction = isProduction(environment);
    this.isLocal = !this.isProduction && this.optional('DYNAMODB_ENDPOINT') !== undefined;
  }

  /** A default for a developer's machine. Elsewhere the variable is required. */
  localDefault<T>(value: T): T | undefined {
    return this.isLocal ? value : undefined;
  }

  optional(name: string): string | undefined {
    return this.environment[name]?.trim() || undefined;
  }

  text(name: string, fallback: string | undefined, format?: TextFormat): string {
    this.assertOneFallback(name, fallback);
    const value = this.optional(name);
    if ((value ?? fallback) === undefined) this.addProblem(`${name} is missing`);
    if (value !== undefined && format && !format.isValid(value)) {
      this.addProblem(`${name} must be ${format.description}`);
    }
    return value ?? fallback ?? '';
  }

  url(name: string): string | undefined {
    const value = this.optional(name);
    if (value !== undefined && !URL.canParse(value)) this.addProblem(`${name} must be a URL`);
    return value;
  }

  httpUrl(name: string): string | undefined {
    return this.optional(name) === undefined ? undefined : this.text(name, undefined, HTTP_URL);
  }

  /** The name of a header, in lower case. */
  header(name: string): string | undefined {
    return this.optional(name) === undefined ? undefined : this.text(name, undefined, HEADER_NAME).toLowerCase();
  }

  /** A random secret. Outside local use, the public local default of any secret is refused. */
  secret(name: string, publicDefault: string): string {
    this.publicDefaults.add(publicDefault);
    const value = this.text(name, this.localDefault(publicDefault));
    this.secrets.set(name, value);
    if (value === '') return value;
    if (value.length < MIN_SECRET_LENGTH) {
      this.addProblem(`${name} must have at least ${MIN_SECRET_LENGTH} characters`);
    } else if (new Set(value).size < MIN_SECRET_VARIETY || /^(.+?)\1+$/.test(value)) {
      this.addProblem(`${name} must be random. Create it with: openssl rand -base64 48`);
    }
    return value;
  }

  /** A random secret that may be absent. */
  optionalSecret(name: string): string | undefined {
    return this.optional(name) === undefined ? undefined : this.secret(name, '');
  }

  integer(
    name: string,
    fallback: number,
    { min, max, multipleOf = 1 }: { min: number; max: number; multipleOf?: number },
  ): number {
    const value = Number(this.optional(name) ?? fallback);
    if (!Number.isInteger(value) || value < min || value > max || value % multipleOf !== 0) {
      const kind = multipleOf === 1 ? 'a whole number' : `a multiple of ${multipleOf}`;
      this.addProblem(`${name} must be ${kind} from ${min} to ${max}`);
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

  /** Required outside local use: without it, all clients behind a proxy would share one address. `none`: no proxy. */
  proxies(name: string, fallback: string | undefined): string[] {
    if (this.text(name, fallback) === 'none') return [];
    const proxies = this.commaSeparated(name);
    if (!proxies.every(isNetwork)) {
      this.addProblem(`${name} must be none, or IP addresses and networks such as 10.0.0.0/16, separated by commas`);
    }
    return proxies;
  }

  /** Origins of web pages, such as https://shop.example. */
  origins(name: string): string[] {
    const origins = this.commaSeparated(name);
    if (!origins.every(isOrigin)) {
      this.addProblem(`${name} must be origins such as https://shop.example, separated by commas`);
    }
    return origins;
  }

  choices<T extends string>(name: string, allowed: readonly T[], fallback: readonly T[]): readonly T[] {
    const values = this.commaSeparated(name);
    if (values.some((value) => !allowed.some((choice) => choice === value))) {
      this.addProblem(`${name} must be a comma-separated list out of ${allowed.join(', ')}`);
    }
    return values.length === 0 ? fallback : allowed.filter((choice) => values.includes(choice));
  }

  timeZone(name: string, fallback: string): string {
    return this.text(name, fallback, TIME_ZONE);
  }

  addProblem(problem: string): void {
    this.problems.add(problem);
  }

  throwIfInvalid(): void {
    for (const [name, value] of this.isLocal ? [] : this.secrets) {
      if (this.publicDefaults.has(value)) this.addProblem(`${name} must not be a default, which everyone knows`);
    }
    if (this.problems.size > 0) throw new ConfigurationError([...this.problems].sort());
  }

  /** Two modules may read one variable, but only with the same default. */
  private assertOneFallback(name: string, fallback: string | undefined): void {
    if (this.fallbacks.has(name) && this.fallbacks.get(name) !== fallback) {
      throw new Error(`${name} is read twice with different defaults`);
    }
    this.fallbacks.set(name, fallback);
  }
}
