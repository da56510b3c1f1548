import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiPagedSuccess, ApiSuccess } from '../../platform/openapi/decorators';
import { DeadNotifications } from './dead-notifications.service';
import {
  DeadNotificationResponse,
  ListNotificationsRequest,
  ListSmsRequest,
  RetryNotificationsResponse,
  SmsResponse,
} from './notification.dto';
import { SmsLog } from './sms-log.service';

@ApiTags('operations')
@Access('ADMIN')
@Controller('admin/notification')
export class NotificationAdminController {
  constructor(
    private readonly notifications: DeadNotifications,
    private readonly sms: SmsLog,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listNotifications',
    summary: 'List messages that failed',
    description:
      'Returns mails and SMS whose every attempt failed because of the provider, oldest first, with the reason. ' +
      'A recipient whom the provider refuses is not listed here, but in `undeliverable` of the user.',
  })
  @ApiPagedSuccess(DeadNotificationResponse)
  async list(@Query() query: ListNotificationsRequest): Promise<PagedResponse<DeadNotificationResponse>> {
    return new PagedResponse(mapPage(await this.notifications.list(query), DeadNotificationResponse.of));
  }

  @Get('sms')
  @ApiOperation({
    operationId: 'listSms',
    summary: 'List the SMS of a date',
    description:
      'Returns the SMS that the provider accepted on a date, oldest first, with their delivery status. AWS End User ' +
      'Messaging reports it within three days, SNS never does. Rows are kept for 90 days.',
  })
  @ApiPagedSuccess(SmsResponse)
  async listSms(@Query() { date, ...page }: ListSmsRequest): Promise<PagedResponse<SmsResponse>> {
    return new PagedResponse(mapPage(await this.sms.listOf(date, page), SmsResponse.of));
  }

  @Post('retry')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'retryNotifications',
    summary: 'Send failed messages again',
    description:
      'Puts about 1,000 failed messages back on the queue, oldest first. They are sent at the rate that the provider ' +
      'allows. A message that the provider accepted without an answer arrives twice. Event: `notification.retried`.',
  })
  @ApiSuccess(200, RetryNotificationsResponse)
  async retry(): Promise<RetryNotificationsResponse> {
    return this.notifications.retry();
  }
}
