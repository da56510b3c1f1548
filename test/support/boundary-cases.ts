import type { Contract, Route, Schema } from './contract';
import type { ContractRequest } from './contract-client';

interface SchemaLimits {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/**
 * Requests with exactly one invalid member: missing, unknown, of another type, or just outside a limit. Covers every
 * limit of the document.
 */
export class BoundaryCases {
  constructor(private readonly contract: Contract) {}

  /** The invalid variants of a valid request. */
  casesFor(route: Route, valid: ContractRequest): ContractRequest[] {
    const { path, method, requestBody } = route;
    const location = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
    const schema = requestBody?.content['application/json']?.schema;
    const bodies = schema ? this.values(schema, valid.body) : [];
    return [
      ...bodies
        .filter((body) => this.contract.schemaError(body, ...location) !== undefined)
        .map((body) => ({ ...valid, body })),
      ...route.parameters.flatMap(({ name, in: place, schema }) =>
        place === 'query'
          ? this.texts(schema).map((text) => ({ ...valid, path: withQuery(valid.path, name, text) }))
          : [],
      ),
    ];
  }

  /** Replacements for a value; some may still be valid. */
  private values(schema: Schema, value: unknown): unknown[] {
    const { $ref, allOf, items, properties, minItems = 0, maxItems, ...limits } = schema as SchemaLimits;
    const [same] = allOf ?? [];
    if ($ref ?? same) return this.values($ref ? this.contract.schema($ref) : (same ?? {}), value);
    if (properties) return [null, [], 'text', ...this.objects(properties, value ?? {})];
    if (items) {
      const [first] = (value ?? []) as unknown[];
      const tooMany = maxItems === undefined ? [] : [Array<unknown>(maxItems + 1).fill(first)];
      return [
        null,
        {},
        [null],
        ...(minItems > 0 ? [[]] : []),
        ...tooMany,
        ...this.values(items, first).map((one) => [one]),
      ];
    }
    return [null, {}, [], ...outOfRangeValues(limits)];
  }

  private objects(properties: Readonly<Record<string, Schema>>, value: object): object[] {
    const given = Object.entries(value);
    return [
      { ...value, unknown: 1 },
      ...given.map(([left]) => Object.fromEntries(given.filter(([name]) => name !== left))),
      ...Object.entries(properties).flatMap(([name, schema]) =>
        this.values(schema, (value as Record<string, unknown>)[name]).map((member) => ({ ...value, [name]: member })),
      ),
    ];
  }

  private texts(schema: Schema): string[] {
    const isNumber = schema.type === 'integer' || schema.type === 'number';
    const texts = outOfRangeValues(schema).flatMap((one) => (typeof one === 'string' || isNumber ? String(one) : []));
    // An empty parameter counts as absent.
    return texts.filter((text) => text !== '');
  }
}

/** Values just outside what a schema allows. */
function outOfRangeValues({
  type,
  minimum,
  maximum,
  minLength = 0,
  maxLength,
  pattern,
  format,
  ...rest
}: SchemaLimits): unknown[] {
  if (rest.enum) return ['NO_SUCH_THING', 1];
  if (type === 'boolean') return ['maybe', 1];
  if (type === 'integer' || type === 'number') {
    return [
      'many',
      ...(minimum === undefined ? [] : [minimum - 1]),
      ...(maximum === undefined ? [] : [maximum + 1]),
      ...(type === 'integer' ? [1.5] : []),
    ];
  }
  return [
    1,
    ...(minLength > 0 ? [''] : []),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
    ...((pattern ?? format) ? ['not like that', ''] : []),
  ];
}

function withQuery(path: string, name: string, text: string): string {
  const [plain = '', query = ''] = path.split('?');
  const all = new URLSearchParams(query);
  all.set(name, text);
  return `${plain}?${all.toString()}`;
}
