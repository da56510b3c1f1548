import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../errors';

const MAX_DEPTH = 20;
/** More than any object of the API has, and than any list may hold. */
const MAX_FIELDS = 100;
const MAX_ENTRIES = 1_000;
/** In the whole body. */
const MAX_VALUES = 5_000;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/** The error of a request whose body or query is malformed as a whole. Runs before any field is validated. */
export function requestShapeError({ body, query, headers }: FastifyRequest): InvalidRequest | undefined {
  if (body !== undefined && body !== null && !JSON_TYPE.test(headers['content-type'] ?? '')) {
    return invalidField('body', 'send Content-Type: application/json');
  }
  // Validation would treat null as a missing body.
  if (body === null && JSON_TYPE.test(headers['content-type'] ?? ''))
    return invalidField('body', 'the body must be an object');
  return fieldsError(body) ?? fieldsError(query);
}

/** Many clients send a content type without a body. */
export function dropEmptyBodyType({ headers }: FastifyRequest): void {
  if (!headers['transfer-encoding'] && !Number(headers['content-length'])) delete headers['content-type'];
}

/** Forms send all their fields, so empty query parameters count as left out. */
export function dropEmptyQueryFields({ query }: FastifyRequest): void {
  const fields = query as Record<string, unknown>;
  for (const name of Object.keys(fields)) if (fields[name] === '') delete fields[name];
}

/**
 * Replaces X-Forwarded-For, which a client can forge, by the client address from the proxy's own header. TRUSTED_PROXIES
 * still decides whether the proxy is trusted.
 */
export function setForwardedFor(header: string, { headers, raw }: FastifyRequest): void {
  const address = headers[header];
  if (typeof address === 'string') raw.headers['x-forwarded-for'] = address;
  else delete raw.headers['x-forwarded-for'];
}

/**
 * Refuses bodies that are nested too deeply, because validation is recursive, or have too many values, because
 * validation takes several microseconds for each. Refuses fields that are named like a property of every object, because
 * fields are looked up by name.
 */
function fieldsError(value: unknown): InvalidRequest | undefined {
  let level: unknown[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return invalidField('body', 'the body is nested too deeply');
    values += level.length;
    const objects = level.filter((each) => typeof each === 'object' && each !== null);
    if (values > MAX_VALUES || objects.some(isTooLarge)) return invalidField('body', 'the body has too many fields');
    const reserved = objects.flatMap((each) => Object.keys(each)).find((name) => name in Object.prototype);
    if (reserved) return unknownField(reserved);
    level = objects.flatMap((each): unknown[] => Object.values(each));
  }
  return undefined;
}

function isTooLarge(value: object): boolean {
  return Array.isArray(value) ? value.length > MAX_ENTRIES : Object.keys(value).length > MAX_FIELDS;
}

/** The same error that validation reports for an unknown field. */
export function unknownField(name: string): InvalidRequest {
  return invalidField(name, `property ${name} should not exist`);
}

function invalidField(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message }]);
}
