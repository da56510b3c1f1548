import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ORDER_ID } from '../../kernel/api-fields';
import { Access } from '../../platform/auth/access';
import { type Caller, CurrentCaller, TargetUserId } from '../../platform/auth/caller';
import { mapPage } from '../../platform/dynamo/cursor';
import { IdPipe } from '../../platform/http/id.pipe';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiFailures, ApiIdParam, ApiPagedSuccess, ApiSuccess } from '../../platform/openapi/decorators';
import { Pending } from '../../platform/pending';
import { OrderNotFound } from '../order';
import { OrderNotDelivered } from './domain/invoice.errors';
import { InvoiceResponse, ListInvoicesRequest, PendingInvoiceResponse } from './invoice.dto';
import { InvoiceService } from './invoice.service';

const RETRY_AFTER_SECONDS = 2;

@ApiTags('invoices')
@Access('signed-in')
@Controller()
export class InvoiceController {
  constructor(private readonly invoices: InvoiceService) {}

  @Get('order/:orderId/invoice')
  @ApiIdParam('orderId', ORDER_ID)
  @ApiOperation({
    operationId: 'getInvoice',
    summary: 'Get the invoice of an order',
    description:
      'Returns the invoice that a delivered order is part of, with a link to the PDF that works for 15 minutes. An ' +
      'order without an invoice gets one of its own, and the response is 202 until the PDF is made. Deliveries of a ' +
      'month that have no invoice get one together after the month has ended. What was refunded before is deducted. An ' +
      'issued invoice never changes: a later refund gets a credit note, see `GET /invoice/list`. ' +
      'Events: `invoice.requested`, `invoice.issued`, `invoice.ready`.',
  })
  @ApiSuccess(200, InvoiceResponse)
  @ApiResponse({
    status: 202,
    type: PendingInvoiceResponse,
    description: 'The invoice is being made. Repeat the request.',
    headers: {
      'Retry-After': { description: 'Time to wait before the next request, in seconds.', schema: { type: 'string' } },
    },
  })
  @ApiFailures(OrderNotFound, OrderNotDelivered)
  async ofOrder(
    @CurrentCaller() caller: Caller,
    @Param('orderId', IdPipe) orderId: string,
  ): Promise<InvoiceResponse | Pending<PendingInvoiceResponse>> {
    const invoice = await this.invoices.ofOrder(orderId, caller);
    if (invoice) return InvoiceResponse.of(invoice);
    const message = `The invoice is being made. Repeat the request in ${RETRY_AFTER_SECONDS} seconds.`;
    return new Pending({ message }, RETRY_AFTER_SECONDS);
  }

  @Get('invoice/list')
  @ApiOperation({
    operationId: 'listInvoices',
    summary: 'List the invoices of a customer',
    description:
      'Returns the invoices and credit notes of a customer, latest first. In a financial year, credit notes come before ' +
      'invoices. An order that is refunded after its invoice was issued gets a credit note. Links to the PDFs work for ' +
      '15 minutes. Events: `credit_note.issued`, `credit_note.ready`.',
  })
  @ApiPagedSuccess(InvoiceResponse)
  async list(
    @TargetUserId() userId: string,
    @Query() query: ListInvoicesRequest,
  ): Promise<PagedResponse<InvoiceResponse>> {
    return new PagedResponse(mapPage(await this.invoices.ofUser(userId, query), InvoiceResponse.of));
  }
}
