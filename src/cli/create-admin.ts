import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { AppModule } from '../app.module';
import { UserService } from '../modules/user';
import { ConfigurationError, type Environment, processEnvironment } from '../platform/config/env-reader';
import { DomainError, InvalidRequest } from '../platform/errors';
import { EmailField, SecretField, TextField } from '../platform/http/fields';
import { validationPipe } from '../platform/http/validation';
import { commandConfiguration } from './command-configuration';

const USAGE = `Creates an admin. Reads the password from ADMIN_PASSWORD, from standard input, or from a prompt.
  npm run admin:create -- --email ada@example.com --name "Ada Lovelace"`;

class CreateAdminInput {
  @EmailField()
  email!: string;

  @TextField({ max: 100 })
  name!: string;

  @SecretField({ min: 7, max: 128 })
  password!: string;
}

/** Creates an admin from command line arguments and a password. Returns the message for the operator. */
export async function createAdmin(
  app: Pick<INestApplicationContext, 'get'>,
  { email, name, password }: CreateAdminInput,
): Promise<string> {
  const input = (await validationPipe().transform(
    { email, name, password },
    { type: 'body', metatype: CreateAdminInput },
  )) as CreateAdminInput;
  const { userId } = await app.get(UserService, { strict: false }).create(input, 'ADMIN', input.password);
  return `Created the admin ${userId} (${input.email}).`;
}

/** For use without a terminal. Not a command line argument, because other users of the machine can read arguments. */
export function adminPassword(environment: Environment = processEnvironment): string | undefined {
  return environment.ADMIN_PASSWORD;
}

function parseArguments(): { email: string; name: string } {
  try {
    const { values } = parseArgs({ options: { email: { type: 'string' }, name: { type: 'string' } } });
    const { email, name } = values;
    if (email && name) return { email, name };
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
  const { email, name } = parseArguments();
  const configuration = commandConfiguration();
  const password = adminPassword() ?? (await promptForPassword());
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot(() => configuration),
    {
      abortOnError: false,
      logger: ['error', 'fatal'],
    },
  );
  try {
    console.log(await createAdmin(app, { email, name, password }));
  } finally {
    await app.close();
  }
}

class UsageError extends Error {}

function messageOf(error: unknown): unknown {
  if (error instanceof InvalidRequest) return error.errors.map(({ message }) => message).join('\n');
  const isExpected = error instanceof DomainError || error instanceof ConfigurationError || error instanceof UsageError;
  return isExpected ? error.message : error;
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  });
}
