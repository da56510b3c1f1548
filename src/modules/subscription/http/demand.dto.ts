import { ApiProperty } from '@nestjs/swagger';
import { PRODUCT_ID, PRODUCT_NAME } from '../../../kernel/api-fields';
import { ChoiceField, DateField } from '../../../platform/http/fields';
import type { DailyDemand } from '../domain/demand';

const FORMATS = ['json', 'csv'] as const;

export class DemandQuery {
  @DateField({
    optional: true,
    example: '2026-12-02',
    description: 'First local date, not before today. Default: tomorrow, or today if `to` is today.',
  })
  from?: string;

  @DateField({
    optional: true,
    example: '2026-12-08',
    description:
      'Last local date, included. Default: 6 days after `from`. At most 31 days in all, and at most a year ahead.',
  })
  to?: string;

  @ChoiceField(FORMATS, { optional: true, description: 'Format of the response. Default: `json`.' })
  format?: (typeof FORMATS)[number];
}

/** The columns of the CSV. */
export const DEMAND_COLUMNS = ['date', 'productId', 'name', 'units', 'available'] as const;

export const csvRowOf = (row: DailyDemandResponse) => ({ ...row, available: String(row.available) });

export const EXAMPLE_DEMAND = {
  date: '2026-12-02',
  productId: PRODUCT_ID.example,
  name: PRODUCT_NAME.example,
  units: 1250,
  available: true,
} satisfies DailyDemand;

export class DailyDemandResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiProperty(PRODUCT_NAME) name!: string;
  @ApiProperty({ type: 'integer', example: 1250, description: 'Quantity that is due, in product units.' })
  units!: number;
  @ApiProperty({ format: 'date', example: '2026-12-02', description: 'Local date of the deliveries.' }) date!: string;
  @ApiProperty({ example: true, description: 'Whether the product is on sale. If not, it will not be ordered.' })
  available!: boolean;

  static of(this: void, demand: DailyDemand): DailyDemandResponse {
    return demand;
  }
}
