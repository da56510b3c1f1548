import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANT } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import { DateField, ListQuery, TextField } from '../../platform/http/fields';
import type { AuditEntry } from './domain/audit-entry';

const MAX_ID_LENGTH = 100;

export class ListAuditRequest extends ListQuery {
  @TextField({
    max: MAX_ID_LENGTH,
    optional: true,
    example: 'U101',
    description: 'Id of the person who acted. `@cli` for commands on the server.',
  })
  actor?: string;

  @TextField({
    max: MAX_ID_LENGTH,
    optional: true,
    example: 'O01K9Z',
    description: 'Id of the user, order, product or other object that was changed.',
  })
  subject?: string;

  @DateField({
    optional: true,
    description: 'First local date. Default: six days before `to`, or with `actor` or `subject`, all that is kept.',
  })
  from?: string;

  @DateField({ optional: true, description: 'Last local date, included. Default: today.' })
  to?: string;
}

const ACTOR_ROLES = ['CUSTOMER', 'COURIER', 'ADMIN', 'OPERATOR'] as const;
const MONEY_DETAILS = ['amount', 'price', 'lowBalanceThreshold', 'credited'] as const;

export class AuditEntryResponse {
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'Id of the entry.' }) entryId!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant of the action.' }) at!: string;
  @ApiProperty({
    example: 'user.role_changed',
    description: 'What was done: the name of an event, or `user.sign_in_failed`.',
  })
  action!: string;
  @ApiPropertyOptional({
    example: 'U101',
    description:
      'Id of the person who acted. `@cli` for commands on the server. Absent if the person was not signed in.',
  })
  by?: string;
  @ApiPropertyOptional({
    enum: ACTOR_ROLES,
    example: 'ADMIN',
    description: 'Role of the person at that time. OPERATOR: a command on the server.',
  })
  byRole?: string;
  @ApiProperty({ example: 'U102', description: 'Id of what was changed.' }) subject!: string;
  @ApiProperty({ example: '01K9Z7Q4M1', description: 'Id of the request.' }) requestId!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { role: 'COURIER', previousRole: 'CUSTOMER' },
    description:
      'Other ids, new role or status, names of changed fields, and amounts in major units. Never names, addresses or ' +
      'secrets.',
  })
  details!: Record<string, unknown>;

  static of(this: void, entry: AuditEntry): AuditEntryResponse {
    const { entryId, at, action, by, byRole, subject, requestId, details } = entry;
    const amounts = MONEY_DETAILS.flatMap((name) =>
      typeof details[name] === 'number' ? [[name, toMajorUnits(details[name])]] : [],
    );
    const shownDetails = { ...details, ...(Object.fromEntries(amounts) as object) };
    return { entryId, at, action, by, byRole, subject, requestId, details: shownDetails };
  }
}
