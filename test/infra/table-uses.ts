import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { TableUse } from '../../infra/aws/data/table-access';

const SOURCES = join(__dirname, '../../src');

/** What a function does with the table that it gets. */
const CALLS: Readonly<Record<string, TableUse | 'scan'>> = {
  readItem: 'read',
  // A function of stock-reservation.repository.ts that builds a query.
  query: 'query',
  put: 'put',
  update: 'update',
  remove: 'delete',
  check: 'check',
  batchDelete: 'batch-delete',
  scanPage: 'scan',
};
/** The actions of a transaction, by the property that holds them. */
const ACTIONS: Readonly<Record<string, TableUse>> = {
  Put: 'put',
  Update: 'update',
  Delete: 'delete',
  ConditionCheck: 'check',
};

export interface FoundUse {
  readonly table: string;
  readonly use: TableUse | 'scan';
  /** The source of the condition of a write by `put`, `update`, `remove` or `check`. */
  readonly condition: string;
}

/** Uses the tables that migrations name. Their rights are compared with the list of migrations. */
const MIGRATION_RUNNER = 'platform/migration/migration-runner.ts';

/** Every use of a table in the sources of the application. Throws for one that it does not understand. */
export function findTableUses(): FoundUse[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('cli/'))
    .filter((file) => file !== MIGRATION_RUNNER)
    .map((file) => ts.createSourceFile(file, readFileSync(join(SOURCES, file), 'utf8'), ts.ScriptTarget.Latest, true));
  const tables = new Map(files.flatMap(declarationsIn));
  return files.flatMap((file) => usesIn(file, tables));
}

/** The tables that a file declares, by constant: `const orderTable = declareTable('Orders', …)`. */
function declarationsIn(file: ts.SourceFile): [string, string][] {
  return nodesOf(file).flatMap((node): [string, string][] => {
    if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isCallExpression(node.initializer)) return [];
    const [name] = node.initializer.arguments;
    if (node.initializer.expression.getText() !== 'declareTable' || !name || !ts.isStringLiteral(name)) return [];
    return [[node.name.getText(), name.text]];
  });
}

/** Follows the fields that hold the name of a table: `this.table = database.tableName(orderTable)`. */
function usesIn(file: ts.SourceFile, tables: ReadonlyMap<string, string>): FoundUse[] {
  const nodes = nodesOf(file);
  const fields = new Map(nodes.flatMap((node) => fieldOf(node, tables)));
  return nodes.flatMap((node): FoundUse[] => {
    const table = ts.isPropertyAccessExpression(node) ? fields.get(node.getText()) : undefined;
    if (table === undefined || isAssigned(node) || ts.isTemplateSpan(node.parent)) return [];
    const { parent } = node;
    const use = ts.isCallExpression(parent) ? CALLS[lastName(parent.expression)] : useOfProperty(parent);
    if (use === undefined) throw new Error(`${file.fileName}: unknown use of ${table} in ${parent.getText()}`);
    return [{ table, use, condition: conditionOf(parent) }];
  });
}

function fieldOf(node: ts.Node, tables: ReadonlyMap<string, string>): [string, string][] {
  if (!ts.isCallExpression(node) || lastName(node.expression) !== 'tableName') return [];
  const table = tables.get(node.arguments[0]?.getText() ?? '');
  if (table === undefined || !ts.isBinaryExpression(node.parent)) {
    throw new Error(`Cannot follow the table name in ${node.parent.getText()}`);
  }
  return [[node.parent.left.getText(), table]];
}

/** `{ table: … }` is a read of an item. `{ TableName: … }` belongs to a query or to an action of a transaction. */
function useOfProperty(node: ts.Node): TableUse | undefined {
  if (!ts.isPropertyAssignment(node)) return undefined;
  if (node.name.getText() === 'table') return 'read';
  if (node.name.getText() !== 'TableName') return undefined;
  const { properties, parent } = node.parent;
  if (properties.some(({ name }) => name?.getText() === 'KeyConditionExpression')) return 'query';
  return ts.isPropertyAssignment(parent) ? ACTIONS[parent.name.getText()] : undefined;
}

/** The condition is an argument, or a constant of the same function. */
function conditionOf(node: ts.Node): string {
  if (!ts.isCallExpression(node)) return '';
  const argument = node.arguments[node.expression.getText() === 'update' ? 3 : 2];
  if (argument === undefined || !ts.isIdentifier(argument)) return argument?.getText() ?? '';
  for (let scope: ts.Node = node; !ts.isSourceFile(scope); scope = scope.parent) {
    const constant = ts.isBlock(scope) && nodesOf(scope).find((one) => isConstant(one, argument.text));
    if (constant) return constant.getText();
  }
  return '';
}

function isConstant(node: ts.Node, name: string): boolean {
  return ts.isVariableDeclaration(node) && node.name.getText() === name;
}

function isAssigned({ parent }: ts.Node): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function lastName(expression: ts.Expression): string {
  return expression.getText().split('.').at(-1) ?? '';
}

function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}
