import fc from 'fast-check';
import type { Contract, Route, Schema } from './contract';
import type { ContractRequest } from './contract-client';

/** A request, and whether it matches the document: `broken` has an invalid body, `odd` has odd parameters. */
export interface FuzzedRequest extends ContractRequest {
  readonly is: 'valid' | 'broken' | 'odd';
}

type KnownValues = Readonly<Record<string, unknown>>;
interface ComposedSchema {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string | string[];
}

type Parameter = Route['parameters'][number];

const DAY_MILLISECONDS = 86_400_000;
/** Never generated: moving the clock far ahead only causes a long catch-up, and a long wait only takes long. */
const ALWAYS_KNOWN = ['now', 'wait'];
/** Issued by the program, so that a generated value is never valid. */
const SERVER_ISSUED = ['cursor', 'If-Match'];
const ODD_TEXTS = [
  '',
  ' ',
  '%',
  '../..',
  '\u0000',
  '\ud800',
  '😀'.repeat(80),
  'x'.repeat(3_000),
  "'; --",
  'null',
  '-1',
  '1e999',
];
const ODD_BODIES = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '{"a":1,}',
  `${'['.repeat(500)}${']'.repeat(500)}`,
  '{"__proto__":{}}',
];

/** Generates requests from the schemas of the document, with known and unknown values. */
export class RequestFuzzer {
  constructor(
    private readonly contract: Contract,
    private readonly known: KnownValues,
  ) {}

  /** Half of the requests are valid, so that they pass validation; the others are broken or odd. */
  requests(route: Route): fc.Arbitrary<FuzzedRequest> {
    const valid = this.valid(route);
    const kinds = [
      valid,
      ...(hasInput(route) ? [this.odd(route)] : []),
      ...(route.requestBody ? [this.broken(route)] : []),
    ];
    return fc.oneof(
      { weight: kinds.length, arbitrary: valid },
      ...kinds.slice(1).map((arbitrary) => ({ weight: 1, arbitrary })),
    );
  }

  private valid(route: Route): fc.Arbitrary<FuzzedRequest> {
    const parameters = route.parameters.filter(({ name, required }) => required || !SERVER_ISSUED.includes(name));
    const values = parameters.map((one) => [one.name, this.parameter(one)] as const);
    const required = parameters.filter(({ required }) => required).map(({ name }) => name);
    const chosen = fc.record(Object.fromEntries(values), { requiredKeys: required });
    return fc
      .tuple(chosen, this.body(route))
      .map(([given, body]) => ({ ...requestOf(route, given, body), is: 'valid' }));
  }

  /** Requests with an invalid body: members of another type, missing or unknown members, or no JSON at all. */
  private broken(route: Route): fc.Arbitrary<FuzzedRequest> {
    const { path, method, requestBody } = route;
    const place = ['requestBody', 'content', 'application/json', 'schema'];
    const refused = (body: unknown) =>
      this.contract.schemaError(body, 'paths', path, method.toLowerCase(), ...place) !== undefined;
    const bodies = fc.tuple(this.body(route), fc.nat(), oddValue()).map(([body, at, odd]) => corrupted(body, at, odd));
    return fc
      .tuple(this.valid(route), fc.oneof(bodies, fc.constantFrom(...ODD_BODIES)))
      .filter(([, body]) => (body === '' ? !!requestBody?.required : typeof body === 'string' || refused(body)))
      .map(([request, body]): FuzzedRequest => ({ ...request, body, is: 'broken' }));
  }

  private odd(route: Route): fc.Arbitrary<FuzzedRequest> {
    const text = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: 'binary', maxLength: 30 }));
    const odd = route.parameters.map(({ name, in: place, required, schema }) => {
      const made = place === 'header' ? text.map((one) => one.replaceAll(/[^\x20-\x7e]/g, '')) : text;
      const usual = required ? this.valuesOf(schema, name).map(String) : fc.constant(undefined);
      return [name, fc.oneof(usual, place === 'path' ? made.map((one) => one || '%') : made)] as const;
    });
    return fc
      .tuple(
        fc.record(Object.fromEntries(odd)),
        fc.dictionary(fc.constantFrom('a', 'constructor', '[]'), text),
        this.body(route),
      )
      .map(([given, more, body]) => ({ ...requestOf(route, given, body, more), is: 'odd' }));
  }

  private body({ requestBody }: Route): fc.Arbitrary<unknown> {
    const schema = requestBody?.content['application/json']?.schema;
    return schema ? this.valuesOf(schema, 'body') : fc.constant(undefined);
  }

  private parameter({ name, in: place, schema }: Parameter): fc.Arbitrary<string> {
    const hasAnyText = place === 'header' && !(schema as ComposedSchema).enum;
    return hasAnyText ? fc.stringMatching(/^[\w-]{1,40}$/) : this.valuesOf(schema, name).map(String);
  }

  /** Values of a schema; mostly the known value, if the name has one. */
  private valuesOf(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const generated = this.generated(schema, name);
    if (!(name in this.known) || schema.pattern === TIME_OF_DAY) return generated;
    const known = fc.constant(this.known[name]);
    return ALWAYS_KNOWN.includes(name)
      ? known
      : fc.oneof({ weight: 3, arbitrary: known }, { weight: 1, arbitrary: generated });
  }

  private generated(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const { $ref, enum: choices, allOf, oneOf, type } = schema as ComposedSchema;
    if ($ref) return this.generated(this.contract.schema($ref), name);
    if (choices) return fc.constantFrom(...choices);
    const parts = allOf ?? oneOf;
    if (parts) return fc.oneof(...parts.map((part) => this.generated(part, name)));
    if (Array.isArray(type)) return fc.oneof(...type.map((one) => this.generated({ ...schema, type: one }, name)));
    switch (String(type)) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
      case 'number':
        return numbers(schema);
      case 'array':
        return fc.array(this.valuesOf(schema.items as Schema, name), {
          minLength: Number(schema.minItems ?? 0),
          maxLength: 4,
        });
      case 'object':
        return this.objects(schema);
      default:
        return texts(schema);
    }
  }

  private objects({ properties, required, minProperties = 0 }: Schema): fc.Arbitrary<object> {
    if (!properties) return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 1 }));
    const members = Object.entries(properties as Record<string, Schema>).map(([name, each]) => [
      name,
      this.valuesOf(each, name),
    ]);
    return fc
      .record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
        requiredKeys: (required ?? []) as string[],
      })
      .filter((generated) => Object.keys(generated).length >= Number(minProperties));
  }
}

const TIME_OF_DAY = '^(?:[01]\\d|2[0-3]):[0-5]\\d$';

function numbers({ type, minimum = -1e6, maximum = 1e6, not }: Schema): fc.Arbitrary<number> {
  const [min, max] = [Number(minimum), Number(maximum)];
  const excluded = (not as { const?: number } | undefined)?.const;
  const generated =
    type === 'integer'
      ? fc.integer({ min, max })
      : fc.oneof(
          fc.integer({ min: Math.max(min, -1_000) * 100, max: Math.min(max, 1_000) * 100 }).map((minor) => minor / 100),
          fc.constantFrom(min, max),
        );
  return generated.filter((value) => value !== excluded);
}

function texts({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'date') return days().map((day) => day.slice(0, 10));
  if (format === 'date-time') return days();
  if (format === 'email') return fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,4}@example\.(com|org)$/);
  if (format === 'uri') return fc.constantFrom('https://images.milkround.test/a.jpg', 'http://localhost/b.png');
  if (pattern) {
    const whole = new RegExp(pattern as string, 'u');
    // The generator ignores the negative lookahead; the filter applies it.
    return fc
      .stringMatching(new RegExp((pattern as string).replace(/^\^\(\?!.*?\)\$\)/, '^')))
      .filter((text) => whole.test(text));
  }
  const [min, max] = [Number(minLength), Math.min(Number(maxLength), 400)];
  return fc
    .oneof(
      fc.stringMatching(new RegExp(`^[A-Za-z]{${min},${Math.min(max, 12)}}$`)),
      fc
        .string({ unit: fc.constantFrom(...'aZ9 é€牛😀<&"\'=+@-'), minLength: min, maxLength: max })
        .map((text) => `x${text}x`.slice(0, max)),
    )
    .filter((text) => text.isWellFormed() && text.trim().length >= min);
}

function days(): fc.Arbitrary<string> {
  const nearbyInstants = fc
    .integer({ min: -2 * 24, max: 40 * 24 })
    .map((hours) => Date.now() + (hours * DAY_MILLISECONDS) / 24);
  const far = fc.date({ min: new Date('2000-01-01'), max: new Date('8999-12-31'), noInvalidDate: true }).map(Number);
  return fc
    .oneof({ weight: 4, arbitrary: nearbyInstants }, { weight: 1, arbitrary: far })
    .map((at) => `${new Date(at).toISOString().slice(0, 19)}Z`);
}

function oddValue(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(...ODD_TEXTS, null, true, 0, -1, 0.001, 1e300, Number.MAX_SAFE_INTEGER + 2, [], {}, [[]], {
      length: 1,
    }),
  );
}

/** The value with one member, at any depth, replaced, removed or added. */
function corrupted(value: unknown, at: number, odd: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const holders: object[] = [];
  const visit = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    holders.push(each);
    Object.values(each).forEach(visit);
  };
  visit(copy);
  const holder = holders[at % holders.length] as Record<string, unknown> | undefined;
  if (!holder) return odd;
  const names = Object.keys(holder);
  const name = names[(at >> 4) % (names.length + 1)] ?? 'unknown';
  if (at % 3 === 0) delete holder[name];
  else holder[name] = odd;
  return copy;
}

/** Whether the route has parameters or a body. */
export function hasInput({ parameters, requestBody }: Route): boolean {
  return parameters.length > 0 || requestBody !== undefined;
}

function requestOf(
  { method, path, parameters }: Route,
  given: Record<string, string | undefined>,
  body: unknown,
  extraQuery = {},
): ContractRequest {
  const query = new URLSearchParams(extraQuery);
  const headers: Record<string, string> = {};
  let filled = path;
  for (const { name, in: place } of parameters) {
    const value = given[name];
    if (value === undefined) continue;
    if (place === 'query') query.set(name, value);
    if (place === 'header') headers[name] = value;
    if (place === 'path') filled = filled.replace(`{${name}}`, () => encodeURIComponent(value.toWellFormed()));
  }
  return { method, path: query.size > 0 ? `${filled}?${query.toString()}` : filled, headers, body };
}
