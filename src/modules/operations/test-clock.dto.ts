import { ApiProperty } from '@nestjs/swagger';
import { InstantField } from '../../platform/http/fields';

export class MoveClockRequest {
  @InstantField({ example: '2026-12-01T01:30:00Z', description: 'Not before the present business time.' })
  now!: string;
}

export class ClockResponse {
  @ApiProperty({ format: 'date-time', example: '2026-12-01T01:30:00Z' }) now!: string;
  @ApiProperty({ type: 'integer', example: 86400, description: 'Seconds that business time runs ahead of real time.' })
  ahead!: number;
}

export class SettledResponse {
  @ApiProperty({ enum: [true] }) settled!: true;
}
