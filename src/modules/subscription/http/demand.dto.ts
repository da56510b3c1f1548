import { ApiProperty } from '@nestjs/swagger';
import { DateField } from '../../../platform/http/fields';
import type { DailyDemand } from '../domain/demand';

const DATE = { format: 'date', example: '2026-12-02' };

export class DemandQuery {
  @DateField({ optional: true, example: '2026-12-02', description: 'The first date, not before today; tomorrow.' })
  from?: string;

  @DateField({ optional: true, example: '2026-12-08', description: 'The last date, at most 31 days in all; a week.' })
  to?: string;
}

export class DailyDemandResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ example: 'Full cream milk' }) name!: string;
  @ApiProperty({ type: 'integer', example: 1250 }) units!: number;
  @ApiProperty(DATE) date!: string;
  @ApiProperty({ example: true, description: 'False: it is withdrawn, and will not be ordered.' }) available!: boolean;

  static of(this: void, demand: DailyDemand): DailyDemandResponse {
    return demand;
  }
}
