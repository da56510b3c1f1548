import { parseArgs } from 'node:util';
import { EVENT_TYPES, type EventType } from '../events/event-map';
import { PLATFORM_SETTINGS } from '../platform/config/platform.settings';
import { commandConfiguration, runCommand, withApplication } from './command';
import { parsePublicKey, printAdminToken } from './ops/admin-token';
import { dropDeadLetters, listDeadLetters, redriveDeadLetters, showDeadLetters } from './ops/dead-letters';
import { type OperationContext, OperationRefused, refusalOf } from './ops/operation';
import { listEvents, retryEvents } from './ops/parked-events';
import { listUnsentMessages, retryUnsentMessages } from './ops/unsent-messages';

const HELP = `Looks after a running installation, with the settings of the environment.

  npm run ops -- dead                        count the dead letters of all queues
  npm run ops -- dead <queue>                show the dead letters of a queue by kind; they stay in the queue
  npm run ops -- dead <queue> --redrive      send them again, 5 a second, or [--per-second 1..100]
  npm run ops -- dead <queue> --drop --older-than 24h --yes
                                             delete those sent longer ago (30m, 24h, 7d), and print their ids
  npm run ops -- messages                    show the mails and SMS that could not be sent, by reason
  npm run ops -- messages --retry            send them again, at the rate of the provider
  npm run ops -- events                      show parked events by type, subscriber and error
  npm run ops -- events --waiting            show events that are still to be delivered
  npm run ops -- events --retry              deliver parked events again, or those of [--type order.confirmed]
  npm run ops -- token --email ada@dairy.example
                                             print an access token of an admin for 15 minutes; in production, encrypted
                                             with [--public-key <base64 of DER>]

The exit code is 0 if it was done, and 1 if it was refused or failed. See docs/runbook.md.`;

const OPTIONS = {
  help: { type: 'boolean' },
  redrive: { type: 'boolean' },
  'per-second': { type: 'string' },
  drop: { type: 'boolean' },
  'older-than': { type: 'string' },
  yes: { type: 'boolean' },
  retry: { type: 'boolean' },
  waiting: { type: 'boolean' },
  type: { type: 'string' },
  email: { type: 'string' },
  'public-key': { type: 'string' },
} as const;

type Options = ReturnType<typeof parse>['values'];
export type Operation = (context: OperationContext) => Promise<void>;

const DEFAULT_PER_SECOND = 5;
const MAX_PER_SECOND = 100;
const DURATION = /^(\d{1,5})([mhd])$/;
const UNIT_MILLISECONDS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Which options each command takes. */
const COMMANDS: Readonly<Record<string, readonly (keyof Options)[]>> = {
  dead: ['redrive', 'per-second', 'drop', 'older-than', 'yes'],
  messages: ['retry'],
  events: ['retry', 'type', 'waiting'],
  token: ['email', 'public-key'],
};

/** What the arguments ask for: undefined for help. `isLogged`: the output ends up in a log. */
export function operationOf(args: readonly string[], { isLogged }: { isLogged: boolean }): Operation | undefined {
  const { values, positionals } = parse(args);
  const [command, name, ...more] = positionals;
  if (values.help || command === undefined) return undefined;
  const allowed = COMMANDS[command];
  if (!allowed) throw refused(`There is no command ${command}.`);
  const wrong = Object.keys(values).find((option) => !allowed.includes(option as keyof Options));
  if (wrong !== undefined) throw refused(`The command ${command} does not take --${wrong}.`);
  if (more.length > 0 || (name !== undefined && command !== 'dead')) throw refused('There are too many arguments.');
  if (command === 'dead') return deadLetterOperation(name, values);
  if (command === 'messages') return values.retry ? retryUnsentMessages : listUnsentMessages;
  return command === 'events' ? eventOperation(values) : tokenOperation(values, isLogged);
}

function deadLetterOperation(name: string | undefined, values: Options): Operation {
  const { redrive, 'per-second': perSecond, drop, 'older-than': olderThan, yes } = values;
  if (redrive && drop) throw refused('Choose --redrive or --drop.');
  if (!redrive && perSecond !== undefined) throw refused('--per-second goes with --redrive.');
  if (!drop && (olderThan !== undefined || yes)) throw refused('--older-than and --yes go with --drop.');
  if (name === undefined) {
    if (redrive || drop) throw refused('Name a queue, such as dead notifications.');
    return listDeadLetters;
  }
  if (redrive) {
    const rate = rateOf(perSecond);
    return (context) => redriveDeadLetters(context, name, rate);
  }
  if (drop) {
    const age = durationOf(olderThan);
    return (context) => dropDeadLetters(context, name, { olderThan: age, isConfirmed: yes ?? false });
  }
  return (context) => showDeadLetters(context, name);
}

function eventOperation({ retry, type, waiting }: Options): Operation {
  if (type !== undefined && (!retry || !EVENT_TYPES.has(type))) {
    throw refused('--type goes with --retry, and is a type that npm run ops -- events shows.');
  }
  if (retry && waiting) throw refused('Waiting events are retried without a command. Leave out --retry.');
  if (retry) return (context) => retryEvents(context, type as EventType | undefined);
  return (context) => listEvents(context, waiting ? 'waiting' : 'parked');
}

function tokenOperation({ email, 'public-key': publicKey }: Options, isLogged: boolean): Operation {
  if (!email) throw refused('Name an admin: --email ada@dairy.example.');
  if (isLogged && publicKey === undefined) {
    throw refused('In production the output is in the log, so the token must be encrypted: --public-key.');
  }
  const key = publicKey === undefined ? undefined : parsePublicKey(publicKey);
  return (context) => printAdminToken(context, email, key);
}

function rateOf(text: string | undefined): number {
  const rate = Number(text ?? DEFAULT_PER_SECOND);
  if (Number.isInteger(rate) && rate >= 1 && rate <= MAX_PER_SECOND) return rate;
  throw refused(`--per-second must be a whole number from 1 to ${MAX_PER_SECOND}.`);
}

function durationOf(text = ''): number {
  const [, count, unit = ''] = DURATION.exec(text) ?? [];
  if (count === undefined) throw refused('--drop needs --older-than, such as 30m, 24h or 7d.');
  return Number(count) * (UNIT_MILLISECONDS[unit] ?? 0);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw refused(`${(error as Error).message.split('. ')[0]}.`);
  }
}

function refused(problem: string): OperationRefused {
  return new OperationRefused(`${problem} See npm run ops -- --help.`);
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  // Before the settings are read, so that help needs none.
  if (operationOf(args, { isLogged: false }) === undefined) return console.log(HELP);
  const configuration = commandConfiguration();
  const operation = operationOf(args, { isLogged: configuration.get(PLATFORM_SETTINGS).production });
  await withApplication(configuration, async (app) => {
    try {
      await operation?.({ app, print: (line) => console.log(line) });
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  });
}

if (require.main === module) void runCommand(main);
