import { ApiProperty } from '@nestjs/swagger';
import { INSTANT } from '../../../kernel/api-fields';
import { instantOf } from '../../../kernel/calendar';
import { createdAtOf } from '../../../kernel/ids';
import { ListQuery, UserIdField } from '../../../platform/http/fields';
import type { Session } from '../domain/session';

export const SESSION_ID = { example: '01K9Z7Q4M2A6E8RW3N5T0B1C2D', description: 'Id of the session.' };

export class ListSessionsRequest extends ListQuery {
  @UserIdField()
  userId?: string;
}

export class EndSessionsRequest {
  @UserIdField()
  userId?: string;
}

export class UserSessionResponse {
  @ApiProperty(SESSION_ID) sessionId!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant of the sign-in.' }) createdAt!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant of the sign-in or of the last refresh.' }) lastUsedAt!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the session ends unless it is used before.' })
  expiresAt!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Mozilla/5.0 (Linux; Android 15)',
    description: 'Beginning of the `User-Agent` header of the sign-in. Null if there was none.',
  })
  device!: string | null;
  @ApiProperty({ description: 'Whether the access token of this request belongs to the session.' }) current!: boolean;

  static of(
    this: void,
    { sessionId, rotatedAt, expiresAt, device }: Session,
    currentId: string | undefined,
  ): UserSessionResponse {
    const createdAt = createdAtOf(sessionId);
    return {
      sessionId,
      createdAt: instantOf(createdAt),
      lastUsedAt: instantOf(rotatedAt ?? createdAt),
      expiresAt: instantOf(expiresAt * 1_000),
      device: device ?? null,
      current: sessionId === currentId,
    };
  }
}
