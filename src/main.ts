import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { ConfigurationError, readConfig } from './platform/config';
import { serveDocumentation } from './platform/http/openapi';
import { configureServer, createAdapter } from './platform/http/server';
import { Needs } from './platform/needs';
import { NeedsUnmet } from './platform/patience';

async function main(): Promise<void> {
  const config = readConfig();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, createAdapter(config), {
    bufferLogs: true,
    rawBody: true,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  await configureServer(app, config);
  serveDocumentation(app);
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  await app.get(Needs).untilMet();
  await app.listen(config.port, config.host);
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError || error instanceof NeedsUnmet ? error.message : error);
  process.exit(1);
});
