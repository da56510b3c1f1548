import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../errors';

const MAX_DEPTH = 20;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/** What is wrong with a request before anybody looks at its fields. */
export function requestShapeError({ body, query, headers }: FastifyRequest): InvalidRequest | undefined {
  if (body !== undefined && body !== null && !JSON_TYPE.test(headers['content-type'] ?? '')) {
    return invalidField('body', 'send Content-Type: application/json');
  }
  // To a DTO it would be a body that was left out.
  if (body === null && JSON_TYPE.test(headers['content-type'] ?? ''))
    return invalidField('body', 'the body must be an object');
  return fieldsError(body) ?? fieldsError(query);
}

/** Many clients name the type of a body they do not send. */
export function dropEmptyBodyType({ headers }: FastifyRequest): void {
  if (!headers['transfer-encoding'] && !Number(headers['content-length'])) delete headers['content-type'];
}

/** A form sends all its fields: what is empty in a query is left out. */
export function dropEmptyQueryFields({ query }: FastifyRequest): void {
  const fields = query as Record<string, unknown>;
  for (const name of Object.keys(fields)) if (fields[name] === '') delete fields[name];
}

/**
 * Where a proxy says in a header of its own who asks, that takes the place of what the client may have written itself;
 * whether the proxy is believed is still for TRUSTED_PROXIES to say.
 */
export function setForwardedFor(header: string, { headers, raw }: FastifyRequest): void {
  const address = headers[header];
  if (typeof address === 'string') raw.headers['x-forwarded-for'] = address;
  else delete raw.headers['x-forwarded-for'];
}

/**
 * What follows walks bodies by recursion and looks fields up by name: so they are neither nested deeper than any
 * request of ours, nor named like what every object has.
 */
function fieldsError(value: unknown): InvalidRequest | undefined {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return invalidField('body', 'the body is nested too deeply');
    const objects = level.filter((each) => typeof each === 'object' && each !== null);
    const reserved = objects.flatMap((each) => Object.keys(each)).find((name) => name in Object.prototype);
    if (reserved) return unknownField(reserved);
    level = objects.flatMap((each): unknown[] => Object.values(each));
  }
  return undefined;
}

/** Says of a field what is said of one that no DTO knows. */
export function unknownField(name: string): InvalidRequest {
  return invalidField(name, `property ${name} should not exist`);
}

function invalidField(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message }]);
}
