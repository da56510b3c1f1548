import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { AppModule } from '../app.module';
import type { Actor } from '../kernel/event';
import { newEventId } from '../kernel/ids';
import { Configuration } from '../platform/config/configuration';
import { PLATFORM_SETTINGS } from '../platform/config/platform.settings';
import { type Environment, loadEnvFile, processEnvironment } from '../platform/config/env-reader';
import { runInContext } from '../platform/request-context';
import { printable } from '../platform/start-refused';

/** Runs a one-off command. If it throws, prints the error and exits with code 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    loadEnvFile();
    await command();
  } catch (error) {
    console.error(printable(error));
    process.exitCode = 1;
  }
}

/**
 * The configuration of a one-off command. It leaves out the roles worker and scheduler, so that the command takes no work
 * from queues or timers.
 */
export function commandConfiguration(changes: Environment = {}): Configuration {
  return Configuration.read({ ...processEnvironment, APP_ROLES: 'api', ...changes });
}

/** The actor of one-off commands in the audit log. No user can have this id. */
const OPERATOR: Actor = { userId: '@cli', role: 'OPERATOR' };

/**
 * Starts the application without its API, uses it as the operator, and stops it. In production its log lines are printed
 * too, because alarms count the metrics in them, such as `AdminAdded`.
 */
export async function withApplication(
  configuration: Configuration,
  use: (app: INestApplicationContext) => Promise<void>,
): Promise<void> {
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot(() => configuration),
    { abortOnError: false, logger: ['error', 'fatal'] },
  );
  if (configuration.get(PLATFORM_SETTINGS).production) app.useLogger(app.get(Logger));
  try {
    await asOperator(() => use(app));
  } finally {
    await app.close();
  }
}

/** Runs an action as the operator, whom the audit log then names. */
export function asOperator<T>(action: () => Promise<T>): Promise<T> {
  return runInContext({ requestId: newEventId(), by: OPERATOR }, action);
}
