import { Injectable } from '@nestjs/common';
import { addMinutes } from '../../kernel/calendar';
import { orderIdOfSubscriptionPayment, type PaymentId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { OrderLists } from '../order';
import { dailyPaymentOf, isByGateway, type Payment } from './payment';
import { type Booked, PaymentGateway } from './payment.gateway';
import { PaymentRepository } from './payment.repository';

/** The longest that an event may be on its way without anybody having to be told. */
const ON_ITS_WAY_MINUTES = 6 * 60;

/** Payments as the dairy has them, and charges as the gateway has them, for who compares the two. Changes nothing. */
@Injectable()
export class PaymentBooks {
  constructor(
    private readonly repository: PaymentRepository,
    private readonly gateway: PaymentGateway,
    private readonly orders: OrderLists,
    private readonly clock: Clock,
  ) {}

  /** For the books alone, which walk everything: all payments, in no order. */
  async walk(page: PageRequest): Promise<Page<Payment>> {
    return this.repository.all(page);
  }

  /** All money that the gateway has taken. */
  charges(): AsyncIterable<Booked> {
    return this.gateway.charges();
  }

  /**
   * Payments by their ids, in the order asked; undefined where there is none. That of a daily order comes by an event
   * of the order, on a large evening only after a while: until then it is known from the order.
   */
  async ofIds(paymentIds: readonly PaymentId[]): Promise<(Payment | undefined)[]> {
    const found = await this.repository.findAll(paymentIds);
    const missing = paymentIds.filter((_, index) => found[index] === undefined);
    const orders = await this.orders.ofIds(missing.map(orderIdOfSubscriptionPayment));
    const justMade = addMinutes(this.clock.now(), -ON_ITS_WAY_MINUTES);
    const onTheirWay = orders.filter((order) => order !== undefined && order.createdAt > justMade);
    const daily = new Map(onTheirWay.map((order) => [order?.payment?.paymentId, order && dailyPaymentOf(order)]));
    return paymentIds.map((paymentId, index) => found[index] ?? daily.get(paymentId));
  }

  /** What the gateway has taken for a payment; undefined when that is nothing. */
  async chargeOf(payment: Payment): Promise<Booked | undefined> {
    return isByGateway(payment) ? this.gateway.chargeOf(payment) : undefined;
  }
}
