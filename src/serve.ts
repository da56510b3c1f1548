import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { join } from 'node:path';
import { API_DESCRIPTION } from './api-description';
import { AppModule } from './app.module';
import { PLATFORM_SETTINGS, type PlatformSettings } from './platform/config/platform.settings';
import { Configuration } from './platform/config/configuration';
import { ConfigurationError } from './platform/config/env-reader';
import { serveApps } from './platform/http/apps/apps';
import { configureServer, createAdapter } from './platform/http/server';
import { serveApiDocs } from './platform/openapi/document';
import { DependencyChecks } from './platform/startup/dependency-checks';

/** Written by the build of src/web. */
const APPS_FOLDER = join(__dirname, 'web');

/** Starts the program, which serves until it receives a termination signal. */
export async function serve(): Promise<void> {
  const configuration = Configuration.read();
  const config = configuration.get(PLATFORM_SETTINGS);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(() => configuration),
    createAdapter(config),
    // The caller prints errors.
    { abortOnError: false, bufferLogs: true },
  );
  app.useLogger(app.get(Logger));
  app.flushLogs();
  await configureServer(app, config);
  serveApiDocs(app, API_DESCRIPTION);
  await serveApps(app, { folder: APPS_FOLDER, home: 'shop' });
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  await app.get(DependencyChecks).waitUntilReady();
  await app.init();
  await listen(app, config);
}

async function listen(app: NestFastifyApplication, { port, host }: PlatformSettings): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const problem = LISTEN_PROBLEMS[code];
    throw problem ? new ConfigurationError([problem(port)]) : error;
  }
}

const notAnAddress = () => 'HOST must be an address of this machine, such as 0.0.0.0 or 127.0.0.1';
/** By error code of the system. */
const LISTEN_PROBLEMS: Readonly<Record<string, (port: number) => string>> = {
  EADDRINUSE: (port) => `PORT ${port} is in use. Stop the program that uses it, or choose another PORT`,
  EACCES: (port) => `PORT ${port} is reserved for other users of this machine. Choose a PORT above 1023`,
  EADDRNOTAVAIL: notAnAddress,
  ENOTFOUND: notAnAddress,
  EAI_AGAIN: notAnAddress,
};
