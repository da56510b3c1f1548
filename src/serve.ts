import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { API_DESCRIPTION } from './api-description';
import { AppModule } from './app.module';
import { PLATFORM_SETTINGS } from './platform/config/platform.settings';
import { Configuration } from './platform/config/configuration';
import { configureServer, createAdapter } from './platform/http/server';
import { serveApiDocs } from './platform/openapi/document';
import { DependencyChecks } from './platform/startup/dependency-checks';

/** Starts the program, which serves until it receives a termination signal. */
export async function serve(): Promise<void> {
  const configuration = Configuration.read();
  const config = configuration.get(PLATFORM_SETTINGS);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(() => configuration),
    createAdapter(config),
    { bufferLogs: true },
  );
  app.useLogger(app.get(Logger));
  app.flushLogs();
  await configureServer(app, config);
  serveApiDocs(app, API_DESCRIPTION);
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  await app.get(DependencyChecks).waitUntilReady();
  await app.listen(config.port, config.host);
}
