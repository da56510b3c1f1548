import type { FactoryProvider } from '@nestjs/common';
import { EnvReader, type Environment, processEnvironment } from './env-reader';

declare const SETTINGS: unique symbol;

/** The injection token of the settings of one module. */
export type SettingsToken<T> = symbol & { readonly [SETTINGS]?: T };
export type SettingsOf<Token> = Token extends SettingsToken<infer T> ? T : never;

/**
 * Reads the settings of one module. It may use the settings of others. Two modules that read one variable must agree.
 */
type ReadSettings<T> = (env: EnvReader, configuration: Configuration) => T;

const declarations = new Map<symbol, ReadSettings<unknown>>();

/** Declares the settings of a module. All settings are read and validated together at start-up. */
export function declareSettings<T extends object>(name: string, read: ReadSettings<T>): SettingsToken<T> {
  const token: SettingsToken<T> = Symbol(`${name} settings`);
  declarations.set(token, read);
  return token;
}

/** Makes settings injectable in a module: `@Inject(TOKEN) private readonly settings: SettingsOf<typeof TOKEN>`. */
export function provideSettings<T>(token: SettingsToken<T>): FactoryProvider<T> {
  return {
    provide: token,
    inject: [Configuration],
    useFactory: (configuration: Configuration) => configuration.get(token),
  };
}

/** The settings of all modules, read once and validated together. */
export class Configuration {
  private readonly values = new Map<symbol, unknown>();

  private constructor(private readonly env: EnvReader) {}

  /**
   * Reads the settings of every module loaded so far. Throws a `ConfigurationError` that names all invalid variables.
   */
  static read(this: void, environment: Environment = processEnvironment): Configuration {
    const env = new EnvReader(environment);
    const configuration = new Configuration(env);
    for (const token of declarations.keys()) configuration.get(token);
    env.throwIfInvalid();
    return configuration;
  }

  get<T>(token: SettingsToken<T>): T {
    if (!this.values.has(token)) this.values.set(token, declarations.get(token)?.(this.env, this));
    return this.values.get(token) as T;
  }
}
