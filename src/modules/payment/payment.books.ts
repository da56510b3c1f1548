import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import type { PaymentId } from '../../platform/ids';
import { isByGateway, type Payment } from './payment';
import { type Booked, PaymentGateway } from './payment.gateway';
import { PaymentRepository } from './payment.repository';

/** Payments as the dairy has them, and charges as the gateway has them, for who compares the two. Changes nothing. */
@Injectable()
export class PaymentBooks {
  constructor(
    private readonly repository: PaymentRepository,
    private readonly gateway: PaymentGateway,
  ) {}

  /** For the books alone, which walk everything: all payments, in no order. */
  async walk(page: PageRequest): Promise<Page<Payment>> {
    return this.repository.all(page);
  }

  /** All money that the gateway has taken. */
  charges(): AsyncIterable<Booked> {
    return this.gateway.charges();
  }

  /** Payments by their ids, in the order asked; undefined where there is none. */
  async ofIds(paymentIds: readonly PaymentId[]): Promise<(Payment | undefined)[]> {
    return this.repository.findAll(paymentIds);
  }

  /** What the gateway has taken for a payment; undefined when that is nothing. */
  async chargeOf(payment: Payment): Promise<Booked | undefined> {
    return isByGateway(payment) ? this.gateway.chargeOf(payment) : undefined;
  }
}
