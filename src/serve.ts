import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { readConfig } from './platform/config';
import { serveDocumentation } from './platform/http/openapi';
import { configureServer, createAdapter } from './platform/http/server';
import { Needs } from './platform/needs';

/** Starts the program, and serves until it is told to end. */
export async function serve(): Promise<void> {
  const config = readConfig();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, createAdapter(config), {
    bufferLogs: true,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  await configureServer(app, config);
  serveDocumentation(app);
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  await app.get(Needs).untilMet();
  await app.listen(config.port, config.host);
}
