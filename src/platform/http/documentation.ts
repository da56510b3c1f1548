import type { Type } from '@nestjs/common';
import { ApiProperty, ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import type { DomainErrorClass } from '../errors';
import { STATUS_OF } from './problem';

/** The shape of every failure (RFC 9457). */
export class ProblemDocument {
  @ApiProperty({ example: 'urn:milkround:problem:order.insufficient_stock' }) type!: string;
  @ApiProperty({ example: 'Conflict' }) title!: string;
  @ApiProperty({ example: 409 }) status!: number;
  @ApiProperty({ description: 'What is wrong, and the way out.' }) detail!: string;
  @ApiProperty({ description: 'Stable, for programs.', example: 'order.insufficient_stock' }) code!: string;
  @ApiProperty() requestId!: string;
  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
  })
  errors?: { field: string; message: string }[];
}

/** Where @nestjs/swagger keeps the names of a class's documented properties; it does not export the key. */
const PROPERTIES = 'swagger/apiModelPropertiesArray';

/** What a route answers with when all is well. */
export function ApiAnswer(status: 200 | 201 | 202, type: Type, { isArray = false } = {}): MethodDecorator {
  const etag = { ETag: { description: 'Its version, for If-Match.', schema: { type: 'string' as const } } };
  return ApiResponse({
    status,
    type,
    isArray,
    description: STATUS_CODES[status] ?? '',
    headers: hasVersion(type) ? etag : undefined,
  });
}

function hasVersion({ prototype }: Type): boolean {
  const properties = (Reflect.getMetadata(PROPERTIES, prototype as object) ?? []) as string[];
  return properties.includes(':version');
}

/** One page of a list, and where the next one is. */
export function ApiListAnswer(type: Type): MethodDecorator {
  return ApiResponse({
    status: 200,
    type,
    isArray: true,
    description: 'A page; it may be short. Only a missing Link ends the list.',
    headers: { Link: { description: '<…>; rel="next"', schema: { type: 'string' } } },
  });
}

class NotReadyDocument {
  @ApiProperty({ example: 'This takes long: ask again in 5 seconds, and the answer is there or on its way.' })
  message!: string;
}

/** A route whose answer may take longer than a client waits. */
export function ApiSlowAnswer(): MethodDecorator {
  return ApiResponse({
    status: 202,
    type: NotReadyDocument,
    description: 'Not ready within ten seconds: ask the same again.',
    headers: { 'Retry-After': { description: 'In how many seconds.', schema: { type: 'string' } } },
  });
}

const FAILURES = Symbol('failures');

/** The failures a route answers with, by status and code, in the OpenAPI document; several lists of one route add up. */
export function Fails(...errors: DomainErrorClass[]): MethodDecorator & ClassDecorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const route = (descriptor?.value ?? target) as object;
    const said = (Reflect.getMetadata(FAILURES, route) ?? []) as DomainErrorClass[];
    const all = [...said, ...errors].filter(
      (one, index, list) => list.findIndex(({ code }) => code === one.code) === index,
    );
    Reflect.defineMetadata(FAILURES, all, route);
    const byStatus = Map.groupBy(all, ({ kind }) => STATUS_OF[kind]);
    for (const [status, added] of Map.groupBy(all.slice(said.length), ({ kind }) => STATUS_OF[kind])) {
      const response = ApiResponse(failureOf(status, byStatus.get(status) ?? [], added));
      if (name !== undefined && descriptor) response(target, name, descriptor);
      else response(target as never);
    }
  };
}

function exampleOf(status: number, code: string) {
  const type = `urn:milkround:problem:${code}`;
  return {
    type,
    title: STATUS_CODES[status],
    status,
    detail: 'What is wrong, and the way out.',
    code,
    requestId: '01K9',
  };
}

/** The content replaces what was there for the status, the description is put behind it. */
function failureOf(status: number, classes: readonly DomainErrorClass[], added: readonly DomainErrorClass[]) {
  return {
    status,
    description: added.map(({ code }) => `\`${code}\``).join(', '),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/ProblemDocument' },
        examples: Object.fromEntries(classes.map(({ code }) => [code, { value: exampleOf(status, code) }])),
      },
    },
  };
}
