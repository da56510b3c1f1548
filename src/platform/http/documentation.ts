import { applyDecorators } from '@nestjs/common';
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

/** What a route answers with when all is well. */
export function ApiAnswer(status: 200 | 201 | 202, type: Type): MethodDecorator {
  return ApiResponse({
    status,
    type,
    description: STATUS_CODES[status] ?? '',
    headers: { ETag: { description: 'Its version, for If-Match.', schema: { type: 'string' } } },
  });
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

/** The failures a route answers with, by status and code, in the OpenAPI document. */
export function Fails(...errors: DomainErrorClass[]): MethodDecorator {
  const byStatus = Map.groupBy(errors, ({ kind }) => STATUS_OF[kind]);
  return applyDecorators(
    ...[...byStatus].map(([status, classes]) =>
      ApiResponse({
        status,
        description: classes.map(({ code }) => `\`${code}\``).join(', '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/ProblemDocument' },
            examples: Object.fromEntries(
              classes.map(({ code }) => [code, { value: { title: STATUS_CODES[status], status, code } }]),
            ),
          },
        },
      }),
    ),
  );
}
