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
      'Returns each date of a range with its delivery and price, or with the reason why there is no ' +
      "delivery. Future deliveries have today's prices. Default: 31 days from today. At most 92 days. Allowed " +
      'for the customer of the subscription and admins.',
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
