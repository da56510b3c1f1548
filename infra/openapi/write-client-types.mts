// `npm run client`: generates the types of the client from docs/openapi.json. With --check it only compares them.
import '../local/check-node.cjs';
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { exitWithError } from '../local/exit-with-error.mts';
import { DOCUMENT_FILE, CLIENT_TYPES_FILE } from './paths.mts';

const HEADING = `/**
 * Generated from docs/openapi.json by \`npm run client\`. Do not edit.
 */
`;

/** Drops the examples of whole bodies, which would be two thirds of the file. Properties keep theirs. */
function withoutExamples(key: string, value: unknown): unknown {
  return /^examples?$/.test(key) && typeof value === 'object' ? undefined : value;
}

const document = JSON.parse(await readFile(DOCUMENT_FILE, 'utf8'), withoutExamples) as OpenAPI3;
const types = HEADING + astToString(await openapiTS(document));
if (!process.argv.includes('--check')) await writeFile(CLIENT_TYPES_FILE, types);
else if (types !== (await readFile(CLIENT_TYPES_FILE, 'utf8')))
  exitWithError('infra/client/api.d.mts is out of date. Run `npm run client`.');
