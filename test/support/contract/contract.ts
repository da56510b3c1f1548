import addFormats from 'ajv-formats';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractRequest } from './contract-client';

export type Schema = Readonly<Record<string, unknown>>;

export interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly $ref: string }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly 'x-access': 'anyone' | 'signed-in' | readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly headers?: object; content?: Readonly<Record<string, Media>> }
    >
  >;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

/** One operation of the document, such as `GET /order/track`. */
export interface Route extends Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/** Schemas that allow additional members. */
const OPEN_SCHEMAS = ['AnalyticsEventResponse', 'ProblemDocument'];

/** The OpenAPI document; checks values and responses against it. */
export class Contract {
  readonly routes: readonly Route[];
  private readonly ajv: Ajv2020;
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(readonly document: Document) {
    this.routes = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        ...operation,
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
      })),
    );
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(
      { ...document, components: { ...document.components, schemas: closedSchemas(document) } },
      'contract',
    );
  }

  /** Reads the committed document. */
  static read(): Contract {
    return new Contract(parseDocument(readFileSync(join(__dirname, '../../../docs/openapi.json'), 'utf8')));
  }

  schema(reference: string): Schema {
    return this.document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {};
  }

  route(name: string): Route {
    const route = this.routes.find((one) => one.name === name);
    if (!route) throw new Error(`The document has no ${name}`);
    return route;
  }

  /**
   * Validates a value against the schema at a location such as `['paths', '/cart/add', 'post', …]`; undefined when it is
   * valid. Undeclared members are errors.
   */
  schemaError(value: unknown, ...location: readonly string[]): string | undefined {
    const pointer = location
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const validate = this.validators.get(pointer) ?? this.ajv.compile({ $ref: `contract#/${pointer}` });
    this.validators.set(pointer, validate);
    return validate(value) ? undefined : this.ajv.errorsText(validate.errors);
  }

  /** Validates the response of a route; undefined when it matches the document. */
  responseError(
    { path, method, responses }: Route,
    { status, type, body }: { status: number; type: string; body: unknown },
  ): string | undefined {
    const response = responses[status];
    if (!response) return `status ${status} is not declared`;
    if (!response.content)
      return body === undefined || body === '' ? undefined : `status ${status} is declared without a body`;
    if (!response.content[type]) return `status ${status} is not declared with the content type ${type || '(none)'}`;
    const location = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    return this.schemaError(body, ...location);
  }
}

/** Replaces references to shared responses, so that every operation has its own. */
function parseDocument(text: string): Document {
  const { components } = JSON.parse(text) as { components: { responses: Readonly<Record<string, object>> } };
  return JSON.parse(text, (_, value: { $ref?: unknown } | null) => {
    const [, name] = /^#\/components\/responses\/(\w+)$/.exec(String(value?.$ref)) ?? [];
    return name === undefined ? value : components.responses[name];
  }) as Document;
}

function closedSchemas({ components: { schemas } }: Document): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      OPEN_SCHEMAS.includes(name) ? schema : { additionalProperties: false, ...schema },
    ]),
  );
}

/**
 * The example request of the document, with known values by field name; `extra` is added to the body, or to the query if
 * the body is a list.
 */
export function exampleRequest(
  route: Route,
  known: Readonly<Record<string, unknown>>,
  extra: Schema = {},
): ContractRequest {
  const { method, path, parameters, requestBody } = route;
  const required = parameters.filter(({ required }) => required);
  const valueOf = ({ name, schema }: (typeof required)[number]) => String(known[name] ?? schema.example);
  const filled = required
    .filter((one) => one.in === 'path')
    .reduce((text, one) => text.replace(`{${one.name}}`, encodeURIComponent(valueOf(one))), path);
  const query = new URLSearchParams(
    required.filter((one) => one.in === 'query').map((one): [string, string] => [one.name, valueOf(one)]),
  );
  const media = requestBody?.content['application/json'];
  const body = media && (withKnownValues(media.example, known) as object);
  if (body && !Array.isArray(body)) return { method, path: filled, body: { ...body, ...extra } };
  for (const [name, value] of Object.entries(extra)) query.set(name, String(value));
  return { method, path: `${filled}?${query.toString()}`, ...(body && { body }) };
}

function withKnownValues(example: unknown, known: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(JSON.stringify(example), (name, value: unknown) => {
    const isTimeOfDay = typeof value === 'string' && /^\d\d:\d\d$/.test(value);
    return name in known && !isTimeOfDay ? known[name] : value;
  });
}
