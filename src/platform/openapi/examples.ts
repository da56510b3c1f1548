import type { Operation } from './operations';

/** The parts of a schema from which examples are built. */
export interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

type MediaTypes = Record<string, { schema?: Schema; example?: unknown }>;

/** Adds an example to the request body and to each response that has none. */
export function withExamples(operation: Operation, examples: ExampleBuilder): Operation {
  const withExample = <T>(part: T): T => {
    const { content } = part as { content?: MediaTypes };
    const json = content?.['application/json'];
    if (!json?.schema) return part;
    const example = json.example ?? examples.exampleOf(json.schema);
    return { ...part, content: { ...content, 'application/json': { ...json, example } } };
  };
  const { requestBody, responses } = operation;
  return {
    ...operation,
    ...(requestBody && { requestBody: withExample(requestBody) }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [status, withExample(response)]),
    ),
  };
}

/** Builds examples from the examples of single properties. */
export class ExampleBuilder {
  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  /** Contains all required properties, and optional ones with an example. Undefined if a required one has no example. */
  exampleOf({ $ref, example, enum: choices, allOf, oneOf, type, items, properties, required = [] }: Schema): unknown {
    if ($ref !== undefined) return this.exampleOf(this.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    if (example !== undefined) return example;
    if (choices) return choices[0];
    const [first] = allOf ?? oneOf ?? [];
    if (first) return this.exampleOf(first);
    if (type === 'boolean') return true;
    if (type === 'array') return items && this.exampleOfList(items);
    return type === 'object' && properties ? this.exampleOfObject(properties, required) : undefined;
  }

  private exampleOfList(items: Schema): unknown[] | undefined {
    const item = this.exampleOf(items);
    return item === undefined ? undefined : [item];
  }

  private exampleOfObject(
    properties: Readonly<Record<string, Schema>>,
    required: readonly string[],
  ): object | undefined {
    const members = Object.entries(properties)
      .filter(([name, property]) => required.includes(name) || hasExample(property))
      .map(([name, property]) => [name, this.exampleOf(property)] as const);
    return members.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(members);
  }
}

/** Whether a property has an example, or refers to a schema that may have one. */
function hasExample({ $ref, example, allOf, items }: Schema): boolean {
  return example !== undefined || $ref !== undefined || allOf !== undefined || items?.$ref !== undefined;
}
