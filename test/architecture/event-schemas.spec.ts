import { readFileSync } from 'node:fs';
import { eventSchemas, SCHEMAS_FILE } from '../../infra/events/event-schemas.mts';
import { EVENT_TYPES } from '../../src/events/event-map';

interface Schema {
  readonly properties: Readonly<Record<string, object>>;
}

describe('docs/events.json', () => {
  const document = JSON.parse(readFileSync(SCHEMAS_FILE, 'utf8')) as {
    readonly oneOf: readonly { readonly $ref: string }[];
    readonly $defs: Readonly<Record<string, Schema>>;
  };

  it('matches the types in src/events', () => {
    // If not: run npm run events, and commit the result.
    expect(readFileSync(SCHEMAS_FILE, 'utf8')).toBe(`${JSON.stringify(eventSchemas(), null, 2)}\n`);
  });

  it('has a schema for every type of event, and no other', () => {
    const types = document.oneOf.map(({ $ref: ref }) => ref.replace('#/$defs/', ''));
    expect(types.sort()).toEqual([...EVENT_TYPES].sort());
    expect(types.filter((type) => !(type in document.$defs))).toEqual([]);
  });

  it('has no field for personal data, a secret, or the person who caused an event', () => {
    const fields = Object.entries(document.$defs).flatMap(([name, { properties }]) =>
      Object.keys(properties).map((field) => `${name}: ${field}`),
    );
    const suspicious = /: (?:by|trace|resetId|.*(?:name|mail|phone|address|password|secret|token|text).*|note)$/i;
    // The name of a product.
    expect(fields.filter((field) => suspicious.test(field))).toEqual(['NamedLine: name']);
  });
});
