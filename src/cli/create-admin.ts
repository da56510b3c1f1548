import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { AppModule } from '../app.module';
import { UserService } from '../modules/user';
import { adminPassword, ConfigurationError, readConfig, takeNoRole } from '../platform/config';
import { DomainError, InvalidRequest } from '../platform/errors';
import { EmailField, SecretField, TextField } from '../platform/http/fields';
import { validationPipe } from '../platform/http/validation';

const USAGE = `Creates an admin. The password is asked for, or read from standard input, or from ADMIN_PASSWORD.
  npm run admin:create -- --email ada@example.com --name "Ada Lovelace"`;

class NewAdmin {
  @EmailField()
  email!: string;

  @TextField({ max: 100 })
  name!: string;

  @SecretField({ min: 7, max: 128 })
  password!: string;
}

/** Creates an admin from command line arguments and a password; answers with what to tell the operator. */
export async function createAdmin(
  app: Pick<INestApplicationContext, 'get'>,
  { email, name, password }: NewAdmin,
): Promise<string> {
  const wanted = (await validationPipe().transform(
    { email, name, password },
    { type: 'body', metatype: NewAdmin },
  )) as NewAdmin;
  const { userId } = await app.get(UserService, { strict: false }).create(wanted, 'ADMIN', wanted.password);
  return `Created the admin ${userId} (${wanted.email}).`;
}

function readArguments(): { email: string; name: string } {
  try {
    const { values } = parseArgs({ options: { email: { type: 'string' }, name: { type: 'string' } } });
    const { email, name } = values;
    if (email && name) return { email, name };
  } catch {
    // an option that we do not know: told below
  }
  throw new Refused(USAGE);
}

async function askForPassword(): Promise<string> {
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
  const { email, name } = readArguments();
  takeNoRole();
  readConfig();
  const password = adminPassword() ?? (await askForPassword());
  const app = await NestFactory.createApplicationContext(AppModule, {
    abortOnError: false,
    logger: ['error', 'fatal'],
  });
  try {
    console.log(await createAdmin(app, { email, name, password }));
  } finally {
    await app.close();
  }
}

class Refused extends Error {}

function explanation(error: unknown): unknown {
  if (error instanceof InvalidRequest) return error.errors.map(({ message }) => message).join('\n');
  const isPlain = error instanceof DomainError || error instanceof ConfigurationError || error instanceof Refused;
  return isPlain ? error.message : error;
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(explanation(error));
    process.exitCode = 1;
  });
}
