import type { Document, Operation, Parameter } from './openapi-document.mts';

/** The files of the Bruno collection, by path in its folder. There is one request per operation. */
export function collectionOf(document: Document): ReadonlyMap<string, string> {
  const operations = Object.entries(document.paths)
    .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method, path, operation })))
    .sort((one, other) => sortOrderOf(one) - sortOrderOf(other));
  const requests = document.tags.flatMap(({ name: tag }) =>
    operations
      .filter(({ operation }) => operation.tags[0] === tag)
      .map((item, index): [string, string] => [
        `${folderOf(tag)}/${item.operation.operationId}.bru`,
        requestFile(item, index, document),
      ]),
  );
  const signIns = ['customer', 'courier1', 'admin'].map((account, index): [string, string] => [
    `sign in/${account}.bru`,
    signInFile(account, index),
  ]);
  return new Map([
    ['bruno.json', `${JSON.stringify({ version: '1', name: 'Milkround', type: 'collection' }, null, 2)}\n`],
    ['collection.bru', COLLECTION],
    ['environments/localhost.bru', ENVIRONMENT],
    ...signIns,
    ...requests,
  ]);
}

/** Computes the dates before each request, and stores ids and tokens of responses for the next requests. */
const COLLECTION = `auth {
  mode: none
}

script:pre-request {
  const day = (ahead) => new Date(Date.now() + ahead * 86400000).toISOString();
  bru.setVar('now', day(0));
  bru.setVar('tomorrow', day(1));
  bru.setVar('soon', day(3).slice(0, 10));
  bru.setVar('later', day(9).slice(0, 10));
}

script:post-response {
  const answer = res.getBody() ?? {};
  const names = ['orderId', 'paymentId', 'deliveryId', 'subscriptionId', 'refreshToken'];
  for (const name of names) if (answer[name]) bru.setVar(name, answer[name]);
  if (answer.delivery) bru.setVar('deliveryId', answer.delivery.deliveryId);
  if (answer.orderId && answer.amount) bru.setVar('amount', answer.amount);
  if (answer.accessToken) bru.setVar(answer.role.toLowerCase() + 'Token', answer.accessToken);
  if (answer.role === 'CUSTOMER') bru.setVar('userId', answer.userId);
}
`;

const ENVIRONMENT = `vars {
  baseUrl: http://localhost:3000
  password: milkround-demo
  productId: P-MILK-FULLCREAM-500
}
`;

/** Variables that replace the examples of fields, so that requests work. */
const VARIABLES: Readonly<Record<string, string>> = {
  userId: '{{userId}}',
  productId: '{{productId}}',
  orderId: '{{orderId}}',
  paymentId: '{{paymentId}}',
  deliveryId: '{{deliveryId}}',
  subscriptionId: '{{subscriptionId}}',
  refreshToken: '{{refreshToken}}',
  deliverySlot: '{{tomorrow}}',
  at: '{{now}}',
  startDate: '{{soon}}',
  date: '{{soon}}',
  from: '{{soon}}',
  endDate: '{{later}}',
  to: '{{later}}',
};

/** Optional fields that are left out, because the server sets them or only some callers may send them. */
const OMITTED_UNLESS_REQUIRED = ['userId', 'productId', 'courierId', 'totalAmount'];

/** Creating comes first and cancelling last, so that the requests of a folder can run in sequence. */
function sortOrderOf({ method, path }: RequestItem): number {
  if (/\/(cancel|clear|logout)$/.test(path)) return 3;
  return /\/(create|subscribe|login|assign)$/.test(path) ? 0 : method === 'post' ? 1 : 2;
}

function folderOf(tag: string): string {
  return tag.replaceAll(' ', '-');
}

interface RequestItem {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

function requestFile({ method, path, operation }: RequestItem, index: number, { components }: Document): string {
  const { summary, description, parameters, requestBody } = operation;
  const token = tokenOf(operation);
  const parametersIn = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place);
  const media = requestBody?.content['application/json'];
  const { required = [] } = components.schemas[media?.schema.$ref?.split('/').at(-1) ?? ''] ?? {};
  return blocks(
    block('meta', [`name: ${summary}`, 'type: http', `seq: ${index + 1}`]),
    block(method, [
      `url: {{baseUrl}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      `body: ${media ? 'json' : 'none'}`,
      `auth: ${token ? 'bearer' : 'none'}`,
    ]),
    block('params:path', parametersIn('path').map(parameterLine)),
    block('params:query', parametersIn('query').map(parameterLine)),
    block('headers', parametersIn('header').map(parameterLine)),
    token && block('auth:bearer', [`token: {{${token}}}`]),
    media && block('body:json', bodyOf(media.example as object, required)),
    description && block('docs', [description]),
  );
}

function signInFile(account: string, index: number): string {
  return blocks(
    block('meta', [`name: Sign in as ${account}`, 'type: http', `seq: ${index + 1}`]),
    block('post', ['url: {{baseUrl}}/user/login', 'body: json', 'auth: none']),
    block(
      'body:json',
      JSON.stringify({ email: `${account}@milkround.test`, password: '{{password}}' }, null, 2).split('\n'),
    ),
  );
}

/** The variable with the token for a request: that of the first role with access. */
function tokenOf({ 'x-access': access }: Operation): string | undefined {
  if (access === 'anyone') return undefined;
  return access === 'signed-in' ? 'customerToken' : `${access[0]?.toLowerCase()}Token`;
}

/** Optional parameters are written as disabled (`~`). */
function parameterLine({ name, required, schema: { example = '' } }: Parameter): string {
  return `${required ? '' : '~'}${name}: ${VARIABLES[name] ?? String(example)}`.trimEnd();
}

function bodyOf(example: object, required: readonly string[]): string[] {
  if (Array.isArray(example)) return JSON.stringify(example, withVariables, 2).split('\n');
  const sent = Object.entries(example).filter(
    ([name]) => required.includes(name) || !OMITTED_UNLESS_REQUIRED.includes(name),
  );
  const text = JSON.stringify(Object.fromEntries(sent), withVariables, 2);
  // `amount` is a number, so its variable has no quotes.
  return ('orderId' in example ? text.replace(/"amount": [\d.]+/, '"amount": {{amount}}') : text).split('\n');
}

function withVariables(name: string, value: unknown): unknown {
  if (name === 'deliverySlot' && /^\d\d:\d\d$/.test(String(value))) return value;
  return VARIABLES[name] ?? value;
}

function block(name: string, lines: readonly string[]): string | false {
  return lines.length > 0 && `${name} {\n${lines.map((line) => `  ${line}`).join('\n')}\n}\n`;
}

function blocks(...all: readonly (string | false | undefined)[]): string {
  return all.filter(Boolean).join('\n');
}
