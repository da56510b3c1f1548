import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { EVENT_VERSION, OMITTED_FIELDS } from '../../src/modules/integration/domain/integration-event.ts';
import { ROOT } from '../local/root.mts';

export const SCHEMAS_FILE = join(ROOT, 'docs/events.json');

export interface Schema {
  readonly description?: string;
  readonly [keyword: string]: unknown;
}

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

const FOLDERS = ['src/events', 'src/kernel'];
/** Aliases of string and number that say more in a schema. */
const FORMATS: Readonly<Record<string, Schema>> = {
  Instant: { type: 'string', format: 'date-time' },
  LocalDate: { type: 'string', format: 'date' },
  MinorUnits: { type: 'integer', description: 'In minor units, such as paise.' },
};
const KEYWORDS: Partial<Record<ts.SyntaxKind, Schema>> = {
  [ts.SyntaxKind.StringKeyword]: { type: 'string' },
  [ts.SyntaxKind.NumberKeyword]: { type: 'number' },
  [ts.SyntaxKind.BooleanKeyword]: { type: 'boolean' },
};

/** The JSON Schemas of all events, written from the types in src/events. */
export function eventSchemas(): Schema {
  return new SchemaWriter(readDeclarations()).document();
}

function readDeclarations(): Map<string, ts.Node> {
  const declarations = new Map<string, ts.Node>();
  const paths = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)));
  for (const path of paths.filter((name) => !name.includes('.spec.'))) {
    const source = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
        declarations.set(statement.name.text, statement);
      } else if (ts.isVariableStatement(statement)) {
        for (const { name, initializer } of statement.declarationList.declarations) {
          if (ts.isIdentifier(name) && initializer) declarations.set(name.text, initializer);
        }
      }
    }
  }
  return declarations;
}

/** Supports the kinds of types that events use, and throws for any other. */
class SchemaWriter {
  private readonly shared = new Map<string, Schema>();
  private readonly declarations: ReadonlyMap<string, ts.Node>;

  constructor(declarations: ReadonlyMap<string, ts.Node>) {
    this.declarations = declarations;
  }

  document(): Schema {
    const events = new Map(this.interfacesOf('DomainEvent').flatMap((declaration) => this.schemasOf(declaration)));
    const all = new Map([...events, ...this.shared]);
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Events of Milkround',
      description:
        'The detail of each event on the bus. Its detail type is the field `type`, its source `milkround`. New optional ' +
        'fields and new types can come at any time, so ignore those that you do not know.',
      oneOf: [...events.keys()].map(refTo),
      $defs: Object.fromEntries([...all].sort(([one], [other]) => one.localeCompare(other, 'en'))),
    };
  }

  /** The interfaces of a union of unions. */
  private interfacesOf(name: string): ts.InterfaceDeclaration[] {
    const declaration = this.declarationOf(name);
    if (ts.isInterfaceDeclaration(declaration)) return [declaration];
    const { type } = declaration;
    const members = ts.isUnionTypeNode(type) ? type.types : [type];
    return members.flatMap((member) => this.interfacesOf(member.getText()));
  }

  /** One schema for each type of event that an interface describes. */
  private schemasOf(declaration: ts.InterfaceDeclaration): [string, Schema][] {
    const properties = this.propertiesOf(declaration);
    const types = this.schemaOf(properties.get('type')?.type);
    const names = (types.const === undefined ? types.enum : [types.const]) as string[];
    const envelope = this.propertiesOf(this.declarationOf('EventMetadata') as ts.InterfaceDeclaration);
    return names.map((name) => [
      name,
      {
        ...descriptionOf(declaration),
        ...this.objectOf(new Map([...envelope, ...properties]), {
          version: { const: EVENT_VERSION },
          type: { const: name },
        }),
      },
    ]);
  }

  private propertiesOf({ heritageClauses, members }: ts.InterfaceDeclaration): Map<string, ts.PropertySignature> {
    const inherited = (heritageClauses ?? []).flatMap(({ types }) =>
      types.flatMap(({ expression }) => [
        ...this.propertiesOf(this.declarationOf(expression.getText()) as ts.InterfaceDeclaration),
      ]),
    );
    const own = members.filter(ts.isPropertySignature).map((member) => [member.name.getText(), member] as const);
    return new Map([...inherited, ...own].filter(([name]) => !OMITTED_FIELDS.includes(name)));
  }

  private objectOf(properties: Map<string, ts.PropertySignature>, fixed: Readonly<Record<string, Schema>>): Schema {
    const written = [...properties]
      .filter(([name]) => !(name in fixed))
      .map(([name, property]) => [name, { ...this.schemaOf(property.type), ...descriptionOf(property) }] as const);
    const required = [...properties].filter(([, { questionToken }]) => !questionToken).map(([name]) => name);
    return {
      type: 'object',
      required: [...new Set([...Object.keys(fixed), ...required])],
      properties: { ...fixed, ...Object.fromEntries(written) },
    };
  }

  private schemaOf(node: ts.TypeNode | undefined): Schema {
    if (node === undefined) throw new Error('A property has no type');
    const keyword = KEYWORDS[node.kind];
    if (keyword) return keyword;
    if (ts.isParenthesizedTypeNode(node)) return this.schemaOf(node.type);
    if (ts.isTypeOperatorNode(node)) return this.schemaOf(node.type);
    if (ts.isArrayTypeNode(node)) return { type: 'array', items: this.schemaOf(node.elementType) };
    if (ts.isLiteralTypeNode(node)) return { const: literalOf(node.literal) };
    if (ts.isUnionTypeNode(node)) return this.unionOf(node);
    if (ts.isIndexedAccessTypeNode(node)) return this.elementsOf(node);
    if (ts.isTypeReferenceNode(node)) return this.referenceOf(node);
    throw new Error(`Events have no schema for the type ${node.getText()}`);
  }

  private unionOf({ types }: ts.UnionTypeNode): Schema {
    const schemas = types.map((type) => this.schemaOf(type));
    const values = schemas.flatMap((schema) =>
      'const' in schema ? [schema.const] : ((schema.enum as unknown[]) ?? []),
    );
    return values.length > 0 ? { enum: values } : { anyOf: schemas };
  }

  /** `(typeof ROLES)[number]` */
  private elementsOf(node: ts.IndexedAccessTypeNode): Schema {
    const name = /^\(typeof (\w+)\)\[number\]$/.exec(node.getText())?.[1] ?? '';
    let list = this.declarations.get(name);
    if (list && ts.isAsExpression(list)) list = list.expression;
    if (!list || !ts.isArrayLiteralExpression(list)) throw new Error(`${node.getText()} is not a list of values`);
    return { enum: list.elements.map(literalOf) };
  }

  private referenceOf({ typeName, typeArguments = ts.factory.createNodeArray() }: ts.TypeReferenceNode): Schema {
    const name = typeName.getText();
    if (name in FORMATS) return FORMATS[name] as Schema;
    if (name === 'Readonly') return this.schemaOf(typeArguments[0]);
    if (name === 'Record') return { type: 'object', additionalProperties: this.schemaOf(typeArguments[1]) };
    const declaration = this.declarationOf(name);
    if (ts.isTypeAliasDeclaration(declaration)) return this.schemaOf(declaration.type);
    if (!this.shared.has(name)) {
      const schema = { ...descriptionOf(declaration), ...this.objectOf(this.propertiesOf(declaration), {}) };
      this.shared.set(name, schema);
    }
    return refTo(name);
  }

  private declarationOf(name: string): Declaration {
    const found = this.declarations.get(name);
    if (found && (ts.isInterfaceDeclaration(found) || ts.isTypeAliasDeclaration(found))) return found;
    throw new Error(`There is no type ${name} in src/events or src/kernel`);
  }
}

function literalOf(node: ts.Node): string | boolean {
  if (ts.isStringLiteral(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  throw new Error(`Events have no schema for the literal ${node.getText()}`);
}

function refTo(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

function descriptionOf(node: ts.Node): Schema {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = comment && ts.getTextOfJSDocComment(comment.comment)?.replaceAll(/\s+/g, ' ').trim();
  return text ? { description: text } : {};
}
