import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';

/** Options of every request field. One decorator states its type, limits, message and OpenAPI schema. */
export interface FieldOptions {
  /** May be left out. Null is still refused, because leaving a field out and clearing it are different. */
  optional?: boolean;
  /** Null is allowed and clears the field. */
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

/** The options of a field that may be left out, and that null empties. */
export function emptiable<T extends { description: string }>(field: T): T & FieldOptions {
  return { ...field, optional: true, nullable: true, description: `${field.description} Null empties it.` };
}
