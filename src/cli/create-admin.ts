import type { INestApplicationContext } from '@nestjs/common';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { UserService } from '../modules/user';
import { type Environment, processEnvironment } from '../platform/config/env-reader';
import { DomainError, InvalidRequest } from '../platform/errors';
import { EmailField, NameField, SecretField } from '../platform/http/fields';
import { validationPipe } from '../platform/http/validation';
import { StartRefused } from '../platform/start-refused';
import { commandConfiguration, runCommand, withApplication } from './command';

const USAGE =
  'Invalid arguments. Run npm run admin:create -- --email ada@example.com --name "Ada Lovelace", with --invite to mail ' +
  'an invitation, or else with the password in ADMIN_PASSWORD, in standard input, or at the prompt.';

class CreateAdminInput {
  @EmailField()
  email!: string;

  @NameField()
  name!: string;

  @SecretField({ min: 7, max: 128, optional: true })
  password?: string;
}

/**
 * Creates an admin from command line arguments. Without a password, they get an invitation to choose one, which is valid
 * for seven days. Returns the message for the operator.
 */
export async function createAdmin(
  app: Pick<INestApplicationContext, 'get'>,
  { email, name, password }: CreateAdminInput,
): Promise<string> {
  const input = (await validationPipe().transform(
    { email, name, password },
    { type: 'body', metatype: CreateAdminInput },
  )) as CreateAdminInput;
  const { userId } = await app.get(UserService, { strict: false }).create(input, 'ADMIN', input.password, {
    emailVerified: input.password !== undefined,
  });
  const invited = input.password === undefined ? ' An invitation is on its way to that address.' : '';
  return `Created the admin ${userId} (${input.email}).${invited}`;
}

/** For use without a terminal. Not a command line argument, because other users of the machine can read arguments. */
export function adminPassword(environment: Environment = processEnvironment): string | undefined {
  return environment.ADMIN_PASSWORD;
}

function parseArguments(): { email: string; name: string; invite: boolean } {
  try {
    const { values } = parseArgs({
      options: { email: { type: 'string' }, name: { type: 'string' }, invite: { type: 'boolean', default: false } },
    });
    const { email, name, invite } = values;
    if (email && name) return { email, name, invite };
  } catch {
    // Unknown option: UsageError, below.
  }
  throw new UsageError(USAGE);
}

async function promptForPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, '');
  process.stdout.write('Password: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}

async function main(): Promise<void> {
  const { email, name, invite } = parseArguments();
  const configuration = commandConfiguration();
  const password = invite ? undefined : (adminPassword() ?? (await promptForPassword()));
  await withApplication(configuration, async (app) => {
    try {
      console.log(await createAdmin(app, { email, name, password }));
    } catch (error) {
      throw error instanceof DomainError ? new InvalidAdmin(error) : error;
    }
  });
}

class UsageError extends StartRefused {}

class InvalidAdmin extends StartRefused {
  constructor(error: DomainError) {
    super(error instanceof InvalidRequest ? error.errors.map(({ message }) => message).join('; ') : error.message);
  }
}

if (require.main === module) void runCommand(main);
