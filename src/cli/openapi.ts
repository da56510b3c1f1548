import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { API_DESCRIPTION } from '../api-description';
import { AppModule } from '../app.module';
import { createAdapter } from '../platform/http/server';
import { createDocument } from '../platform/openapi/document';

/** Prints the OpenAPI document. Needs no configuration and no dependencies, because the application does not start. */
async function main(): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(),
    createAdapter({ trustedProxies: [] }),
    {
      preview: true,
      logger: ['error'],
    },
  );
  console.log(JSON.stringify(createDocument(app, API_DESCRIPTION), null, 2));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
