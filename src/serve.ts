import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { readConfig } from './platform/config/config';
import { configureServer, createAdapter } from './platform/http/server';
import { serveApiDocs } from './platform/openapi/document';
import { DependencyChecks } from './platform/startup/dependency-checks';

/** Starts the program, and serves until it is told to end. */
export async function serve(): Promise<void> {
  const config = readConfig();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, createAdapter(config), {
    bufferLogs: true,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  await configureServer(app, config);
  serveApiDocs(app);
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  await app.get(DependencyChecks).waitUntilReady();
  await app.listen(config.port, config.host);
}
