import type { Operation } from './openapi.operations';

/** As much of a schema as examples are made of. */
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

type Content = Record<string, { schema?: Schema; example?: unknown }>;

/** The operation with an example of its body and of each answer that has none. */
export function withExamples(operation: Operation, examples: Examples): Operation {
  const shown = <T>(part: T): T => {
    const { content } = part as { content?: Content };
    const json = content?.['application/json'];
    if (!json?.schema) return part;
    const example = json.example ?? examples.of(json.schema);
    return { ...part, content: { ...content, 'application/json': { ...json, example } } };
  };
  const { requestBody, responses } = operation;
  return {
    ...operation,
    ...(requestBody && { requestBody: shown(requestBody) }),
    responses: Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, shown(response)])),
  };
}

/** Puts examples together out of those of single properties. */
export class Examples {
  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  /** What is required, and of the rest what has an example; undefined when something required has none. */
  of({ $ref, example, enum: choices, allOf, oneOf, type, items, properties, required = [] }: Schema): unknown {
    if ($ref !== undefined) return this.of(this.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    if (example !== undefined) return example;
    if (choices) return choices[0];
    const [first] = allOf ?? oneOf ?? [];
    if (first) return this.of(first);
    if (type === 'boolean') return true;
    if (type === 'array') return items && this.ofList(items);
    return type === 'object' && properties ? this.ofObject(properties, required) : undefined;
  }

  private ofList(items: Schema): unknown[] | undefined {
    const item = this.of(items);
    return item === undefined ? undefined : [item];
  }

  private ofObject(properties: Readonly<Record<string, Schema>>, required: readonly string[]): object | undefined {
    const members = Object.entries(properties)
      .filter(([name, property]) => required.includes(name) || isShown(property))
      .map(([name, property]) => [name, this.of(property)] as const);
    return members.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(members);
  }
}

/** An optional property that has an example, or is made of others that have. */
function isShown({ $ref, example, allOf, items }: Schema): boolean {
  return example !== undefined || $ref !== undefined || allOf !== undefined || items?.$ref !== undefined;
}
