import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';

/** Fields of requests: each says its type, its bounds, its message and its place in the OpenAPI document, once. */
export interface FieldOptions {
  /** May be left out. A null is refused all the same: leaving out and emptying are different things. */
  optional?: boolean;
  /** A null is allowed, and empties the field. */
  nullable?: boolean;
  example?: unknown;
  description?: string;
}

export function field(
  { optional = false, nullable = false, ...documentation }: FieldOptions,
  schema: ApiPropertyOptions,
  ...rules: PropertyDecorator[]
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      ...schema,
      ...documentation,
      ...(nullable && { nullable }),
      required: !optional,
    } as ApiPropertyOptions),
    ...(optional || nullable
      ? [ValidateIf((_, value) => !(optional && value === undefined) && !(nullable && value === null))]
      : []),
    ...rules,
  );
}

export const messageFor = (rule: string) => ({
  message: ({ property }: { property: string }) => `${property} ${rule}`,
});
