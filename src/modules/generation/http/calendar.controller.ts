import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { SUBSCRIPTION_ID } from '../../../kernel/api-fields';
import { Access } from '../../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../../platform/auth/caller';
import { IdPipe } from '../../../platform/http/id.pipe';
import { ApiFailures, ApiIdParam, ApiSuccess } from '../../../platform/openapi/decorators';
import { SubscriptionNotFound } from '../../subscription';
import { SubscriptionCalendar } from '../subscription-calendar.service';
import { CalendarDayResponse, CalendarQuery } from './calendar.dto';

@ApiTags('subscriptions')
@Access('signed-in')
@Controller('subscription')
export class CalendarController {
  constructor(private readonly calendar: SubscriptionCalendar) {}

  @Get(':subscriptionId/calendar')
  @ApiIdParam('subscriptionId', SUBSCRIPTION_ID)
  @ApiOperation({
    operationId: 'getCalendar',
    summary: 'Get the delivery calendar',
    description:
      'Returns every date of a range of at most 92 days: what is or was delivered, at which price, or why ' +
      "nothing is. Future dates are at today's prices. By default 31 days from today.",
  })
  @ApiSuccess(200, CalendarDayResponse, { isArray: true })
  @ApiFailures(SubscriptionNotFound)
  async days(
    @CurrentCaller() caller: Caller,
    @Param('subscriptionId', IdPipe) subscriptionId: string,
    @Query() range: CalendarQuery,
  ): Promise<CalendarDayResponse[]> {
    return (await this.calendar.days(subscriptionId, range, caller)).map(CalendarDayResponse.of);
  }
}
