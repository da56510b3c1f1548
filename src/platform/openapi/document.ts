import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDocument } from './decorators';
import { ExampleBuilder, withExamples } from './examples';
import { completeOperation, failuresOf, type Operation, problemExample } from './operations';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const DESCRIPTION = `Doorstep milk delivery: products, cart, orders, daily orders, payments, deliveries.

- **Money** is a number in major units with at most two decimals (\`49.5\`), in the one currency of the dairy.
- **Moments** are ISO 8601 in UTC, **dates** (\`2026-12-01\`) and times of day are the dairy's own. Ids are opaque.
- **Sign in** with POST /user/login and send \`Authorization: Bearer <accessToken>\`. \`x-access\` says who may call an
  operation: anyone, who is signed in (about their own things; an admin about anyone's), or the roles named. What is
  somebody else's reads as 404. A \`userId\` may always be left out; naming somebody else is for admins.
- **Lists** are arrays; the next page is in the \`Link\` header, and only a missing one ends the list.
- **Failures** are \`application/problem+json\` (RFC 9457); \`code\` is stable, and \`detail\` says the way out. Unknown fields
  are refused. What no operation names is 500 \`service.internal\`: our fault.
- **Repeat safely** with an \`Idempotency-Key\`; **change safely** with \`If-Match\` and the \`ETag\` you have read.
- Every answer carries \`X-Request-Id\`, yours if you send one.`;

const TAGS: readonly (readonly [name: string, description: string])[] = [
  ['users', 'Accounts, sign-in, passwords.'],
  ['products', 'What is on sale.'],
  ['cart', 'What somebody is about to order.'],
  ['orders', 'One delivery each, from the order to the door.'],
  ['subscriptions', 'Daily orders: made every evening, until the cutoff changeable day by day.'],
  ['payments', 'Paying for orders.'],
  ['wallet', 'Prepaid money, as a ledger.'],
  ['deliveries', 'Who brings what, and what became of it.'],
  ['analytics', 'The figures of the dairy, and the log of its events.'],
  ['admin', 'Running the dairy.'],
  ['health', 'For load balancers.'],
  ['rehearsal (not in production)', 'Time and rest, for tests and demonstrations.'],
];

/** The OpenAPI document of the program; the same for the same code, whatever was configured. */
export function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Milkround')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Of POST /user/login.' });
  for (const [name, description] of TAGS) builder.addTag(name, description);
  const raw = SwaggerModule.createDocument(app, builder.build(), { extraModels: [ProblemDocument] });

  const schemas = raw.components?.schemas ?? {};
  closeRequestSchemas(raw, schemas);
  const examples = new ExampleBuilder(schemas);
  const problems = new Map<string, number>();
  const paths = Object.entries(raw.paths).map(([path, item]) => {
    const operations = Object.entries(item as Record<string, Operation>).map(([method, operation]) => {
      const failures = failuresOf(path, operation);
      for (const [code, status] of failures) problems.set(code, status);
      return [method, withExamples(completeOperation(operation, method, path, failures), examples)];
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  const problemExamples = [...problems].map(
    ([code, status]) => [code, { value: problemExample(status, code) }] as const,
  );
  return {
    ...raw,
    info: { ...raw.info, contact: undefined },
    components: {
      ...raw.components,
      schemas: sortedByName(Object.entries(schemas)),
      examples: sortedByName(problemExamples),
    },
    paths: sortedByName(paths),
  };
}

/** What is not named in a request is refused; a body of which nothing is required may be left out. */
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

/** The names of the schemas that a part of the document refers to, in their order. */
function schemasIn(part: unknown): string[] {
  return [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)].flatMap(([, name]) => name ?? []);
}

function sortedByName<T>(entries: (readonly [name: string, T])[]): Record<string, T> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The document at /docs-json, the page for people at /docs. */
export function serveApiDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => createDocument(app), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'Milkround API',
    swaggerOptions: { showExtensions: true },
  });
}
