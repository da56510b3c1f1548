import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { ApiSuccess } from '../../platform/openapi/decorators';
import { DaySummaryRequest, DaySummaryResponse } from './day-summary.dto';
import { DaySummaries } from './day-summaries.service';

@ApiTags('deliveries')
@Access('ADMIN')
@Controller('admin')
export class DaySummaryAdminController {
  constructor(private readonly summaries: DaySummaries) {}

  @Get('day')
  @ApiOperation({
    operationId: 'getDay',
    summary: 'Count the orders of a day',
    description:
      'Returns the orders to deliver on a date by their status, and the deliveries of each courier by theirs. Reads ' +
      'every order of the date, and no others: repeat it every half a minute at most. The figures may be seconds old. ' +
      '`asOf` shows the clock of the business rules, which can differ from real time outside production.',
  })
  @ApiSuccess(200, DaySummaryResponse)
  async get(@Query() { date }: DaySummaryRequest): Promise<DaySummaryResponse> {
    return DaySummaryResponse.of(await this.summaries.reportOn(date));
  }
}
