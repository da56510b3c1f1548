import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Validator } from '@seriousme/openapi-schema-validator';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { collectionOf } from '../../../infra/openapi/bruno-collection.mts';
import { BRUNO_FOLDER, DOCUMENT_FILE } from '../../../infra/openapi/paths.mts';
import { API_DESCRIPTION } from '../../../src/api-description';
import { AppModule } from '../../../src/app.module';
import { createAdapter } from '../../../src/platform/http/server';
import { createDocument } from '../../../src/platform/openapi/document';
import { Contract, type Document, type Route } from '../../support/contract/contract';

const ROOT = join(__dirname, '../../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

describe('the OpenAPI document', () => {
  const contract = Contract.read();
  const { routes, document } = contract;

  it('matches the code', async () => {
    const adapter = createAdapter({ trustedProxies: [] });
    const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(), adapter, {
      preview: true,
      logger: false,
    });
    const document = `${JSON.stringify(createDocument(app, API_DESCRIPTION), null, 2)}\n`;
    expectUpToDate(readFileSync(DOCUMENT_FILE, 'utf8') === document, 'docs/openapi.json');
  });

  it('matches the generated client types', async () => {
    const check = ['-r', './infra/local/check-node.cjs', 'infra/openapi/write-client-types.mts', '--check'];
    const isSo = promisify(execFile)(NODE, check, { cwd: ROOT }).then(() => true);
    expectUpToDate(await isSo.catch(() => false), 'infra/client/api.d.mts');
  });

  it('matches the Bruno collection: every operation has a request', async () => {
    const collection = collectionOf(document as never);
    const requests = [...collection.values()].filter((text) => text.includes('type: http'));
    expect(requests.filter((text) => !text.includes('name: Sign in as'))).toHaveLength(routes.length);
    const files = await readdir(BRUNO_FOLDER, { recursive: true, withFileTypes: true });
    const names = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    const texts = await Promise.all(names.map(async (name) => [name, await readFile(name, 'utf8')] as const));
    const expectedFiles = [...collection].map(([name, text]) => [join(BRUNO_FOLDER, name), text] as const);
    expectUpToDate(JSON.stringify(texts.sort()) === JSON.stringify(expectedFiles.sort()), 'docs/bruno');
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document) as never)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('describes every operation completely', () => {
    expect(routes.flatMap((route) => documentationGaps(route, document).map((why) => `${route.name}: ${why}`))).toEqual(
      [],
    );
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it('uses no multipleOf for decimals, since floating point would refuse 1.15', () => {
    expect(JSON.stringify(document)).not.toContain('multipleOf');
  });

  it('has examples that match their schemas', () => {
    const complaints = routes.flatMap(({ name, path, method, requestBody, responses }) => {
      const medias = [
        ...Object.entries(requestBody?.content ?? {}).map((media) => [['requestBody'], ...media] as const),
        ...Object.entries(responses).flatMap(([status, { content = {} }]) =>
          Object.entries(content).map((media) => [['responses', status], ...media] as const),
        ),
      ];
      return medias.flatMap(([where, type, { example, examples = {} }]) => {
        const schema = ['paths', path, method.toLowerCase(), ...where, 'content', type, 'schema'];
        const values = Object.keys(examples).map((code) => document.components.examples[code]?.value);
        return [...(example === undefined ? [] : [example]), ...values]
          .map((value) => contract.schemaError(value, ...schema))
          .filter((complaint) => complaint !== undefined)
          .map((complaint) => `${name}, ${where.join(' ')}: ${complaint}`);
      });
    });
    expect(complaints).toEqual([]);
  });
});

function documentationGaps(route: Route, { tags }: Document): string[] {
  const { summary, tags: own = [], security, parameters, requestBody, responses } = route;
  const statuses = Object.keys(responses);
  const expectedFiles = ['400', ...(security?.length ? ['401'] : []), ...(requestBody ? ['413'] : [])];
  const medias = [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}));
  const claims: [claim: boolean, otherwise: string][] = [
    [!!summary && summary.length <= 120, 'no summary, or a long one'],
    [
      own.length === 1 && tags.some(({ name, description }) => name === own[0] && !!description),
      'not exactly one tag, or a tag without description',
    ],
    [security !== undefined, 'no security requirement'],
    [statuses.some((status) => status.startsWith('2')), 'no successful response'],
    [expectedFiles.every((status) => statuses.includes(status)), `not all of ${expectedFiles.join(', ')}`],
    [Object.values(responses).every(({ description }) => !!description), 'a response without description'],
    [medias.every(({ example, examples }) => example !== undefined || !!examples), 'a body without example'],
    [
      parameters.every(({ required, schema }) => !required || 'example' in schema),
      'a required parameter without example',
    ],
    [
      !hasLinkHeader(route) || parameters.some(({ name }) => name === 'cursor'),
      'a Link header without the parameter cursor',
    ],
    [
      route.path.includes('{') === parameters.some((one) => one.in === 'path'),
      'path parameters that do not match the path',
    ],
  ];
  return claims.flatMap(([claim, otherwise]) => (claim ? [] : [otherwise]));
}

function hasLinkHeader({ responses }: Route): boolean {
  return Object.values(responses).some(({ headers = {} }) => 'Link' in headers);
}

function expectUpToDate(isUpToDate: boolean, what: string): void {
  if (!isUpToDate) throw new Error(`${what} is out of date. Run npm run openapi and commit the changes.`);
}
