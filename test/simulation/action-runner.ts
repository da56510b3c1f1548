import { setTimeout as pause } from 'node:timers/promises';
import { PaymentFollowUp } from '../../src/modules/payment';
import { PaymentSettlement } from '../../src/modules/payment/payment-settlement.service';
import type { TestApp } from '../support/test-app';
import { forEachConcurrently } from './concurrency';
import type { CustomerAction } from './customer-actions';
import { ADMIN_ID, codeOf, type SimulationClient } from './simulation-client';

const POLL_INTERVAL_MILLISECONDS = 100;

/** Sends the actions of customers to the program and checks the responses. */
export class ActionRunner {
  requestCount = 0;

  constructor(
    private readonly app: TestApp,
    private readonly client: SimulationClient,
  ) {}

  /** Runs the actions of one customer in order, and those of different customers concurrently. */
  async performAll(actionsByCustomer: readonly (readonly CustomerAction[])[]): Promise<void> {
    await forEachConcurrently(actionsByCustomer, async (actions) => {
      for (const action of actions) await this.perform(action);
    });
  }

  private async perform(action: CustomerAction): Promise<void> {
    const { customer, role = 'CUSTOMER', method, path, body, subscription, expected } = action;
    const userId = role === 'ADMIN' ? ADMIN_ID : customer.userId;
    this.requestCount++;
    const requestBody = subscription?.id === undefined ? body : { subscriptionId: subscription.id, ...body };
    const reply = await this.client.send({ role, userId, method, path, body: requestBody });
    const actual = typeof expected === 'number' ? reply.status : codeOf(reply.body);
    if (actual !== expected) {
      const detail = JSON.stringify({ request: requestBody, response: reply.body as object });
      throw new Error(`${customer.userId} ${path}: expected ${expected}, got ${reply.status}: ${detail}`);
    }
    if (action.refundFails)
      return this.cancelWithFailingRefund(userId, reply.body as { orderId: string; amount: number });
    const { paymentId } = reply.body as { paymentId?: string };
    if (paymentId && !(await this.isPaid(paymentId))) return this.perform(action);
    if (subscription && reply.status === 201)
      subscription.id = (reply.body as { subscriptionId: string }).subscriptionId;
  }

  /** Pays an order, cancels it, and waits until the failed refund is in the wallet. */
  private async cancelWithFailingRefund(userId: string, order: { orderId: string; amount: number }): Promise<void> {
    const { orderId, amount } = order;
    const send = async (path: string, body: object) => {
      const reply = await this.client.send({ role: 'CUSTOMER', userId, method: 'POST', path, body });
      if (reply.status >= 300) throw new Error(`${userId} ${path}: ${reply.status} ${codeOf(reply.body)}`);
      return reply.body as { paymentId: string };
    };
    const payment = { orderId, amount, paymentMethod: 'CARD', paymentToken: 'tok_refund_fails' };
    let { paymentId } = await send('/payment/pay', payment);
    while (!(await this.isPaid(paymentId))) ({ paymentId } = await send('/payment/pay', payment));
    await send('/order/cancel', { orderId });
    while (!(await this.isCredited(paymentId))) await pause(POLL_INTERVAL_MILLISECONDS);
  }

  private async isCredited(paymentId: string): Promise<boolean> {
    await this.app.get<PaymentFollowUp>(PaymentFollowUp).followUp(paymentId);
    const { body } = await this.client.adminOrThrow('GET', `/payment/${paymentId}`);
    return (body as { refund?: { to: string } }).refund?.to === 'WALLET';
  }

  /** A payment that met a database fault may stay pending and fail later. */
  private async isPaid(paymentId: string): Promise<boolean> {
    for (;;) {
      const { body } = await this.client.adminOrThrow('GET', `/payment/${paymentId}`);
      const { status } = body as { status: string };
      if (status !== 'PENDING') return status === 'SUCCESS';
      await this.app.get<PaymentSettlement>(PaymentSettlement).settleFromGateway(paymentId);
    }
  }
}
