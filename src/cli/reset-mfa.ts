import type { INestApplicationContext } from '@nestjs/common';
import { parseArgs } from 'node:util';
import { SecondFactors, UserService } from '../modules/user';
import { DomainError } from '../platform/errors';
import { StartRefused } from '../platform/start-refused';
import { commandConfiguration, runCommand, withApplication } from './command';

const USAGE = 'Invalid arguments. Run npm run admin:reset-mfa -- --email ada@example.com.';

/** Removes the second factor of a user, and ends their sessions. Returns the message for the operator. */
export async function resetMfa(app: Pick<INestApplicationContext, 'get'>, email: string): Promise<string> {
  const user = await app.get(UserService, { strict: false }).findByEmail(email.trim().toLowerCase());
  if (!user) throw new NotReset('No user has this e-mail address. Check --email.');
  try {
    await app.get(SecondFactors, { strict: false }).reset(user.userId);
  } catch (error) {
    throw error instanceof DomainError ? new NotReset(error.message) : error;
  }
  return `Removed the second factor of ${user.userId}. They sign in with the password and set up another one.`;
}

class UsageError extends StartRefused {}

class NotReset extends StartRefused {}

function parseArguments(): string {
  try {
    const { email } = parseArgs({ options: { email: { type: 'string' } } }).values;
    if (email) return email;
  } catch {
    // Unknown option: UsageError, below.
  }
  throw new UsageError(USAGE);
}

async function main(): Promise<void> {
  const email = parseArguments();
  await withApplication(commandConfiguration(), async (app) => console.log(await resetMfa(app, email)));
}

if (require.main === module) void runCommand(main);
