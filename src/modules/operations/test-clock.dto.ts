import { ApiProperty } from '@nestjs/swagger';
import { InstantField } from '../../platform/http/fields';

export class MoveClockRequest {
  @InstantField({ example: '2026-12-01T01:30:00Z', description: 'New business time, not before the current one.' })
  now!: string;
}

export class ClockResponse {
  @ApiProperty({ format: 'date-time', example: '2026-12-01T01:30:00Z', description: 'Current business time.' })
  now!: string;
  @ApiProperty({ type: 'integer', example: 86400, description: 'Lead of business time over real time, in seconds.' })
  ahead!: number;
}

export class SettledResponse {
  @ApiProperty({ enum: [true], description: 'Confirmation, always `true`.' }) settled!: true;
}
