import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDocument } from './decorators';
import { serveDocumentation } from './documentation-pages';
import { shareFailures } from './shared-responses';
import { ExampleBuilder, withExamples } from './examples';
import { completeOperation, failuresOf, type Operation, problemExample } from './operations';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** What the document says about the API as a whole. */
export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  /** How a client gets a bearer token. */
  readonly authentication: string;
  readonly tags: readonly (readonly [name: string, description: string])[];
}

/** The OpenAPI document of the program. It depends on the code only, not on the configuration. */
export function createDocument(
  app: NestFastifyApplication,
  { title, description, authentication, tags }: ApiDescription,
): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle(title)
    .setDescription(description)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .setOpenAPIVersion('3.1.0')
    .addServer('/', 'The server that this document comes from')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: authentication });
  for (const [name, tagDescription] of tags) builder.addTag(name, tagDescription);
  const raw = SwaggerModule.createDocument(app, builder.build(), { extraModels: [ProblemDocument] });

  const schemas = raw.components?.schemas ?? {};
  closeRequestSchemas(raw, schemas);
  const examples = new ExampleBuilder(schemas);
  const problems = new Map<string, number>();
  const paths = Object.entries(raw.paths).map(([path, item]) => {
    const operations = Object.entries(item as Record<string, Operation>).map(([method, operation]) => {
      const failures = failuresOf(path, operation);
      for (const [code, status] of failures) problems.set(code, status);
      return [method, withExamples(completeOperation(operation, failures), examples)];
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  const problemExamples = [...problems].map(
    ([code, status]) => [code, { value: problemExample(status, code) }] as const,
  );
  const shared = shareFailures(sortedByName(paths));
  return {
    ...raw,
    info: { ...raw.info, contact: { name: `The ${title} contributors` } },
    components: {
      ...raw.components,
      schemas: sortedByName(Object.entries(schemas)),
      examples: sortedByName(problemExamples),
      responses: shared.responses,
    },
    paths: shared.paths,
  };
}

/** Requests refuse unknown fields. A body without required fields may be left out. */
function closeRequestSchemas({ paths }: OpenAPIObject, schemas: Schemas): void {
  const operations = Object.values(paths).flatMap((item) => Object.values(item) as Operation[]);
  const bodies = operations.flatMap(({ requestBody }) => (requestBody && 'content' in requestBody ? requestBody : []));
  const closed = new Set<string>();
  const close = (part: unknown): void => {
    for (const name of schemasIn(part).filter((one) => !closed.has(one))) {
      closed.add(name);
      close(schemas[name]);
      schemas[name] = { ...schemas[name], additionalProperties: false };
    }
  };
  close(bodies);
  for (const body of bodies) {
    const [name = ''] = schemasIn(body.content);
    const schema = schemas[name];
    body.required = schema !== undefined && 'required' in schema && (schema.required?.length ?? 0) > 0;
  }
}

/** The names of the schemas that a part of the document refers to, in order of appearance. */
function schemasIn(part: unknown): string[] {
  return [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)].flatMap(([, name]) => name ?? []);
}

function sortedByName<T>(entries: (readonly [name: string, T])[]): Record<string, T> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Serves the document and a page for people. */
export function serveApiDocs(app: NestFastifyApplication, description: ApiDescription): void {
  const server = app.getHttpAdapter().getInstance();
  serveDocumentation(server, description.title, () => createDocument(app, description));
}
