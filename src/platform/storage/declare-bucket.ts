import { PLATFORM_SETTINGS } from '../config/platform.settings';
import { type Configuration, declareSettings, type SettingsToken } from '../config/configuration';
import { matching } from '../config/text-formats';

export interface Bucket {
  readonly name: string;
}

const BUCKET_NAME = matching(/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/, 'the name of an S3 bucket');

const declarations = new Map<string, SettingsToken<Bucket>>();

/** Declares a bucket of a module, whose name is in the environment variable `variable`. Injectable like settings. */
export function declareBucket(name: string, variable: string): SettingsToken<Bucket> {
  if (declarations.has(name)) throw new Error(`The bucket ${name} is declared twice`);
  const token = declareSettings<Bucket>(`${name} bucket`, (env, configuration) => {
    const { tablePrefix } = configuration.get(PLATFORM_SETTINGS);
    const localName = `${tablePrefix}${name}`.toLowerCase().replaceAll(/[^a-z\d.-]/g, '-');
    return { name: env.text(variable, env.localDefault(localName), BUCKET_NAME) };
  });
  declarations.set(name, token);
  return token;
}

/** The names of the buckets of all modules loaded so far, without the prefix of a deployment. */
export function declaredBucketNames(): string[] {
  return [...declarations.keys()];
}

/** The buckets of all modules, as configured. */
export function declaredBuckets(configuration: Configuration): Bucket[] {
  return [...declarations.values()].map((token) => configuration.get(token));
}
