import { Injectable } from '@nestjs/common';
import type { DomainEvent, PublishedEvent } from '../../events/event-map';
import { derivedEventId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { Outbox } from '../../platform/events/outbox';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { type Order, OrderService } from '../order';
import type { EmittedOrdersGenerated } from './generation-queue';
import { LowBalanceWarnings } from './low-balance-warnings.service';

/** Tells of the orders that were made together as of any others: placed, confirmed, and paid by the wallet. */
@Injectable()
export class OrderEventDispatch {
  constructor(
    private readonly orders: OrderService,
    private readonly relay: OutboxRelay,
    private readonly outbox: Outbox,
    private readonly warnings: LowBalanceWarnings,
    private readonly database: Database,
  ) {}

  /**
   * Hands the events of some orders to their subscribers. Their ids follow from the transaction that has made the orders,
   * so a second time is the same to everybody. Those who do not take one are asked again by the outbox. Whose wallet has
   * paid is warned when it will not last.
   */
  async dispatch({ orderIds, ...cause }: EmittedOrdersGenerated): Promise<void> {
    const orders = await this.orders.findAll(orderIds);
    const events = [...orders.values()].flatMap((order) =>
      eventsOf(order).map((event) => toEmitted(event, order, cause)),
    );
    await this.deliver(events);
    const paid = [...orders.values()].filter(({ payment }) => payment?.method === 'WALLET');
    await this.warnings.warnIfLow([...new Set(paid.map(({ userId }) => userId))]);
  }

  private async deliver(events: readonly PublishedEvent[]): Promise<void> {
    const failed = await this.relay.dispatchEvents(events);
    if (failed.length === 0) return;
    const undelivered = events.filter(({ eventId }) => failed.some((failure) => failure.eventId === eventId));
    await this.database.write(this.outbox.insert(this.outbox.createRowOfPublished(undelivered, failed)));
  }
}

function eventsOf({ orderId, userId, amount, deliverySlot, subscriptionId, payment }: Order): DomainEvent[] {
  const facts = { orderId, userId, amount, subscriptionId };
  return [
    { type: 'order.placed', ...facts, deliverySlot },
    { type: 'order.confirmed', ...facts },
    ...(payment?.method === 'WALLET'
      ? [
          {
            type: 'payment.succeeded',
            orderId,
            userId,
            amount,
            paymentId: payment.paymentId,
            method: 'WALLET',
          } as const,
        ]
      : []),
  ];
}

function toEmitted(
  event: DomainEvent,
  { orderId }: Order,
  { eventId, occurredAt, requestId }: Omit<EmittedOrdersGenerated, 'orderIds'>,
) {
  return {
    ...event,
    eventId: derivedEventId(eventId, `${event.type} ${orderId}`),
    occurredAt,
    requestId,
  } as PublishedEvent;
}
