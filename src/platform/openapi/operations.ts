import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { ACCESS_EXTENSION, type AccessRule } from '../auth/access';
import {
  IdentityRejected,
  IssuerUnavailable,
  NotOwner,
  NotSignedIn,
  SecondFactorRequired,
  StepUpRequired,
  UserNotFound,
  WrongRole,
} from '../auth/auth.errors';
import { SECOND_FACTOR_EXTENSION, type SecondFactorRule } from '../auth/second-factor';
import { type DomainErrorClass, InvalidRequest, RateLimitExceeded, RequestTooLarge, Unavailable } from '../errors';
import { STATUS_OF } from '../problem';
import { FAILURE_EXTENSION } from './decorators';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type Responses = Operation['responses'];
type ResponseObject = Exclude<Responses[string], { $ref: string } | undefined>;

/** Adds the security requirement and the error responses, which follow from the rest of the operation. */
export function completeOperation(operation: Operation, failures: ReadonlyMap<string, number>): Operation {
  const documented = Object.entries(operation).filter(([name]) => !name.startsWith(FAILURE_EXTENSION));
  return {
    ...Object.fromEntries(documented),
    security: accessOf(operation) === 'anyone' ? [] : [{ bearer: [] }],
    responses: { ...withReplayHeader(operation), ...failureResponses(failures) },
  };
}

/** The HTTP status of every failure by its code: those of the route, and those that every such operation has. */
export function failuresOf(path: string, operation: Operation): Map<string, number> {
  const access = accessOf(operation);
  const common: DomainErrorClass[] = [
    InvalidRequest,
    ...(access === 'anyone' ? [] : [NotSignedIn, IdentityRejected, IssuerUnavailable, RateLimitExceeded]),
    ...(typeof access === 'string' ? [] : [WrongRole]),
    ...(isAdminOnly(access) || access === 'anyone' ? [] : [NotOwner]),
    ...(access === 'signed-in' ? [UserNotFound] : []),
    ...(mayBeAdmin(access) ? secondFactorFailures(operation) : []),
    ...(operation.requestBody ? [RequestTooLarge] : []),
    // The health checks list their own failures.
    ...(path.startsWith('/health/') ? [] : [Unavailable]),
  ];
  const noted = Object.entries(operation).filter(([name]) => name.startsWith(FAILURE_EXTENSION));
  return new Map([
    ...common.map(({ kind, code }) => [code, STATUS_OF[kind]] as const),
    ...noted.map(([name, status]) => [name.slice(FAILURE_EXTENSION.length), Number(status)] as const),
  ]);
}

function isAdminOnly(access: AccessRule): boolean {
  return typeof access !== 'string' && access.every((role) => role === 'ADMIN');
}

function mayBeAdmin(access: AccessRule): boolean {
  return access === 'signed-in' || (access !== 'anyone' && access.includes('ADMIN'));
}

function secondFactorFailures(operation: Operation): DomainErrorClass[] {
  const rule = (operation as Operation & { [SECOND_FACTOR_EXTENSION]?: SecondFactorRule })[SECOND_FACTOR_EXTENSION];
  return rule === 'recent' ? [SecondFactorRequired, StepUpRequired] : [SecondFactorRequired];
}

function accessOf(operation: Operation): AccessRule {
  return (operation as Operation & { [ACCESS_EXTENSION]: AccessRule })[ACCESS_EXTENSION];
}

/** Documents the header that marks a stored response which is returned again. */
function withReplayHeader({ parameters = [], responses }: Operation): Responses {
  if (!parameters.some((parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key')) return responses;
  const replayed = {
    description: '`true` for the stored response of an earlier request.',
    schema: { type: 'string' as const },
  };
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const { headers, ...rest } = response as ResponseObject;
      return [status, { ...rest, headers: { ...headers, 'Idempotency-Replayed': replayed } }];
    }),
  );
}

function failureResponses(failures: ReadonlyMap<string, number>): Responses {
  const byStatus = Map.groupBy([...failures].sort(), ([, status]) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map(([code]) => `\`${code}\``).join(', '),
        ...(FAILURE_HEADERS[status] && { headers: headersOf(FAILURE_HEADERS[status]) }),
        content: {
          'application/problem+json': {
            schema: problemSchema(codes.map(([code]) => code)),
            examples: Object.fromEntries(codes.map(([code]) => [code, { $ref: `#/components/examples/${code}` }])),
          },
        },
      },
    ]),
  );
}

function problemSchema(codes: string[]) {
  const code = { type: 'string' as const, enum: codes };
  return {
    allOf: [{ $ref: '#/components/schemas/ProblemDocument' }, { type: 'object' as const, properties: { code } }],
  };
}

const RETRY_AFTER = { 'Retry-After': 'Time to wait before the next request, in seconds.' };
const FAILURE_HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'Authentication scheme: `Bearer`.' },
  429: {
    ...RETRY_AFTER,
    'RateLimit-Limit': 'Number of requests allowed in the window.',
    'RateLimit-Remaining': 'Number of requests left in the window.',
    'RateLimit-Reset': 'Time until the window resets, in seconds.',
  },
  503: RETRY_AFTER,
};

function headersOf(descriptions: Readonly<Record<string, string>>) {
  const schema = { type: 'string' as const };
  return Object.fromEntries(Object.entries(descriptions).map(([name, description]) => [name, { description, schema }]));
}

/** An example of an error response. */
export function problemExample(status: number, code: string): Record<string, unknown> {
  const fieldError = { field: 'qty', message: 'qty must be a whole number' };
  return {
    type: `urn:milkround:problem:${code}`,
    title: STATUS_CODES[status],
    status,
    detail: code === InvalidRequest.code ? fieldError.message : 'Explanation of the error and what to do.',
    code,
    requestId: '01K9Z7Q4M2',
    ...(code === InvalidRequest.code && { errors: [fieldError] }),
  };
}
