import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { IncomingHttpHeaders } from 'node:http';
import { PAYMENT_ID } from '../../kernel/api-fields';
import { Access } from '../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../platform/auth/caller';
import { IdempotencyKey } from '../../platform/http/headers';
import { IdPipe } from '../../platform/http/id.pipe';
import { AllowAnyQuery } from '../../platform/http/query.guard';
import { RateLimitExceeded } from '../../platform/errors';
import { ClientAddress } from '../../platform/http/rate-limit';
import { AcceptsRawBody, RawBody } from '../../platform/http/raw-body';
import { ApiFailures, ApiIdempotencyKey, ApiIdParam, ApiSuccess } from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import { OrderNotFound } from '../order';
import { InsufficientBalance } from '../wallet';
import {
  AlreadyPaid,
  AmountMismatch,
  CashLimitReached,
  OrderNotPayable,
  PaymentInProgress,
  PaymentNotFound,
  TokenRequired,
  TooManyFailedPayments,
  WebhookRefused,
} from './domain/payment.errors';
import { PaymentResponse, PayRequest, WebhookResponse } from './payment.dto';
import { PaymentService } from './payment.service';
import { WebhookService } from './webhook.service';

const SIGNATURE = '`t=<epoch seconds>,v1=<HMAC-SHA256 of "<t>.<body>">`, at most five minutes old.';

@ApiTags('payments')
@Controller('payment')
export class PaymentController {
  constructor(
    private readonly payments: PaymentService,
    private readonly webhooks: WebhookService,
  ) {}

  @Post('pay')
  @Access('signed-in')
  @ApiOperation({
    operationId: 'payOrder',
    summary: 'Pay for an order',
    description:
      'Pays an order in full. An order of 0 is paid at once by any method, without a token. A declined ' +
      'payment is a 201 with status FAILED, and can be tried again: at most five times an hour by one customer, and 20 ' +
      'times from one client address, counting top-ups. If ' +
      'the gateway does not decide within 10 seconds, the payment stays PENDING and is settled later. COD ' +
      'confirms the order at once, and the cash is collected on delivery. What a customer owes in this way is limited: ' +
      'by default to 2,000 before the first delivery and then to 20,000, in major units (`COD_LIMIT_FIRST`, ' +
      '`COD_LIMIT`). Allowed for the customer of the ' +
      'order and admins. Events: `payment.succeeded` and `order.confirmed`, or `payment.failed`; for COD ' +
      '`order.confirmed` only; for WALLET also `wallet.balance_low`, if the debit causes a low-balance ' +
      'warning.',
  })
  @ApiIdempotencyKey()
  @ApiSuccess(201, PaymentResponse)
  @ApiFailures(OrderNotFound, AmountMismatch, AlreadyPaid, PaymentInProgress, OrderNotPayable, CashLimitReached)
  @ApiFailures(InsufficientBalance, TokenRequired, TooManyFailedPayments, RequestInProgress, IdempotencyKeyReused)
  async pay(
    @CurrentCaller() caller: Caller,
    @Body() body: PayRequest,
    @ClientAddress() clientAddress: string,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<PaymentResponse> {
    return PaymentResponse.of(await this.payments.pay(caller, { ...body, clientAddress }, idempotencyKey));
  }

  @Post('webhook')
  @AcceptsRawBody()
  @AllowAnyQuery()
  @HttpCode(200)
  @Access('anyone')
  @ApiOperation({
    operationId: 'receiveWebhook',
    summary: 'Receive a payment webhook',
    description:
      'The payment gateway calls this operation with a signed body. The event only names the payment to look ' +
      'up at the gateway, so duplicates and any order of arrival are harmless. A refund that fails is credited ' +
      'to the wallet, a refund made by hand at the gateway is recorded, and a dispute is listed for admins. At ' +
      'most 60 bodies with a wrong signature a minute per client address. ' +
      'Events: as for payments, and `payment.refunded` or `payment.refund_failed`.',
  })
  @ApiHeader({ name: 'X-Milkround-Signature', required: false, description: `Signature of the sandbox: ${SIGNATURE}` })
  @ApiHeader({ name: 'Stripe-Signature', required: false, description: `Signature of Stripe: ${SIGNATURE}` })
  @ApiBody({
    description: 'Event in the format of the gateway.',
    schema: { type: 'object', additionalProperties: true, example: { paymentId: 'PAY01K9Z' } },
  })
  @ApiSuccess(200, WebhookResponse)
  @ApiFailures(WebhookRefused, RateLimitExceeded)
  async webhook(
    @RawBody() body: Buffer,
    @Headers() headers: IncomingHttpHeaders,
    @ClientAddress() address: string,
  ): Promise<WebhookResponse> {
    await this.webhooks.receive(body, headers, address);
    return { received: true };
  }

  @Get(':paymentId')
  @ApiIdParam('paymentId', PAYMENT_ID)
  @Access('signed-in')
  @ApiOperation({
    operationId: 'getPayment',
    summary: 'Get a payment',
    description:
      'Returns a payment for an order or a wallet top-up. Allowed for its customer and admins. Only admins see a dispute.',
  })
  @ApiSuccess(200, PaymentResponse)
  @ApiFailures(PaymentNotFound)
  async view(@Param('paymentId', IdPipe) paymentId: string, @CurrentCaller() caller: Caller): Promise<PaymentResponse> {
    return PaymentResponse.of(await this.payments.view(paymentId, caller), caller.role === 'ADMIN');
  }
}
