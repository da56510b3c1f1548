import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiPagedSuccess } from '../../platform/openapi/decorators';
import { DisputedPaymentResponse, ListDisputesRequest } from './dispute.dto';
import { PaymentService } from './payment.service';

@ApiTags('payments')
@Access('ADMIN')
@Controller('admin/disputes')
export class DisputeAdminController {
  constructor(private readonly payments: PaymentService) {}

  @Get()
  @ApiOperation({
    operationId: 'listDisputes',
    summary: 'List disputed payments',
    description:
      'Returns the disputes of charges, open ones first, and newest first in each state. Evidence is sent in the ' +
      'dashboard of the gateway. A lost dispute changes no order and no wallet.',
  })
  @ApiPagedSuccess(DisputedPaymentResponse)
  async list(@Query() query: ListDisputesRequest): Promise<PagedResponse<DisputedPaymentResponse>> {
    return new PagedResponse(mapPage(await this.payments.listDisputes(query.state, query), DisputedPaymentResponse.of));
  }
}
