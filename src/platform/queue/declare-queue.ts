import { PLATFORM_SETTINGS } from '../config/platform.settings';
import { type Configuration, declareSettings, type SettingsToken } from '../config/configuration';
import type { EnvReader } from '../config/env-reader';
import { HTTP_URL, matching } from '../config/text-formats';

export interface Queue {
  readonly url: string;
  /** The topic that the queue subscribes to. */
  readonly topicArn?: string;
  /** The filter policy of the queue at the topic. Default: all messages. */
  readonly filter?: FilterPolicy;
}

/** For each message attribute the accepted values, or that it may be absent. */
export type FilterPolicy = Readonly<Record<string, readonly (string | { readonly exists: false })[]>>;

export type TopicQueue = Queue & { readonly topicArn: string };

const TOPIC_ARN = matching(/^arn:\S+$/, 'the ARN of an SNS topic');

const declarations = new Map<string, SettingsToken<Queue>>();

/** Declares a queue of a module, whose URL is in the environment variable `url`. Injectable like settings. */
export function declareQueue(name: string, variables: { url: string }): SettingsToken<Queue> {
  return register(name, (env, configuration) => ({ url: readUrl(name, variables.url, env, configuration) }));
}

/**
 * Declares a queue that subscribes to the messages of a topic that pass a filter. The ARN of the topic is in the
 * environment variable `topicArn`; locally it has the name `topic`.
 */
export function declareTopicQueue(
  name: string,
  variables: { url: string; topicArn: string },
  { topic, filter }: { topic: string; filter: FilterPolicy },
): SettingsToken<TopicQueue> {
  return register(name, (env, configuration) => {
    const { region, tablePrefix } = configuration.get(PLATFORM_SETTINGS);
    const localArn = env.localDefault(`arn:aws:sns:${region}:000000000000:${tablePrefix}${topic}`);
    return {
      filter,
      url: readUrl(name, variables.url, env, configuration),
      topicArn: env.text(variables.topicArn, localArn, TOPIC_ARN),
    };
  });
}

/** The names of the queues of all modules loaded so far, without the prefix of a deployment. */
export function declaredQueueNames(): string[] {
  return [...declarations.keys()];
}

/** The queue of that name, as configured. */
export function findDeclaredQueue(configuration: Configuration, name: string): Queue | undefined {
  const token = declarations.get(name);
  return token && configuration.get(token);
}

/** The queues of all modules, as configured. */
export function declaredQueues(configuration: Configuration): Queue[] {
  return [...declarations.values()].map((token) => configuration.get(token));
}

function register<T extends Queue>(
  name: string,
  read: (env: EnvReader, configuration: Configuration) => T,
): SettingsToken<T> {
  if (declarations.has(name)) throw new Error(`The queue ${name} is declared twice`);
  const token = declareSettings(`${name} queue`, read);
  declarations.set(name, token);
  return token;
}

function readUrl(name: string, variable: string, env: EnvReader, configuration: Configuration): string {
  const { endpoints, tablePrefix } = configuration.get(PLATFORM_SETTINGS);
  const localHost = endpoints.sqs ?? 'http://127.0.0.1:4566';
  return env.text(variable, env.localDefault(`${localHost}/000000000000/${tablePrefix}${name}`), HTTP_URL);
}
