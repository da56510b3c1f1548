import { Injectable } from '@nestjs/common';
import type { DomainEvent, PublishedEvent } from '../../events/event-map';
import { derivedEventId } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import { namedLineOf } from '../../kernel/pricing';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { Subscribe } from '../../platform/events/subscribe';
import { initialPaymentOf, type Order, OrderService } from '../order';
import { LowBalanceWarnings } from '../subscription';
import { canBeRecovered } from './domain/decide-retry';
import { type PublishedOrdersGenerated, GenerationQueue } from './generation-queue';
import { RunSchedule } from './run-schedule';

/** The id of the subscriber. Outbox rows store it, so it must not change. */
const DISPATCH_EVENTS = 'generation.dispatch_events';

/**
 * Dispatches the events of generated orders: placed, confirmed, and paid by wallet. A batch writes a single event for
 * all of its orders, because an outbox row for each would cost as much as the orders. That event goes through the
 * queue, because one process cannot dispatch the events of a whole run within the time limit of an outbox row (ADR 15).
 */
@Injectable()
export class OrderEventDispatch {
  constructor(
    private readonly queue: GenerationQueue,
    private readonly orders: OrderService,
    private readonly outboxRelay: OutboxRelay,
    private readonly warnings: LowBalanceWarnings,
    private readonly schedule: RunSchedule,
  ) {}

  /** From the outbox to the queue. */
  @Subscribe('subscription.orders_generated', { as: DISPATCH_EVENTS, aliases: ['GenerationSubscribers.tell'] })
  async enqueue(event: PublishedOrdersGenerated): Promise<void> {
    await this.queue.send({ task: 'TELL', requestId: event.requestId, event });
  }

  /**
   * From the queue to the subscribers. Nothing would send a lost event again, unlike a lost shard. So if the last
   * attempt fails, the event is parked in the outbox, where an admin can retry it.
   */
  async dispatch(event: PublishedOrdersGenerated, isLastAttempt: boolean): Promise<void> {
    const message = { event, subscriber: DISPATCH_EVENTS, isLastAttempt };
    await this.outboxRelay.doOrPark(() => this.dispatchOrderEvents(event), message);
  }

  /** The event ids derive from the batch event, so dispatching them twice is harmless. */
  private async dispatchOrderEvents({ orderIds, ...cause }: PublishedOrdersGenerated): Promise<void> {
    const orders = [...(await this.orders.findAll(orderIds)).values()];
    await this.outboxRelay.dispatchOrStore(
      orders.flatMap((order) => this.eventsOf(order, cause).map((event) => orderEventOf(event, order, cause))),
    );
    const paid = orders.filter(({ payment, amount }) => payment?.method === 'WALLET' && amount > 0);
    await this.warnings.warnIfLow([...new Set(paid.map(({ userId }) => userId))]);
  }

  private eventsOf(
    order: Order,
    { date, occurredAt }: Pick<PublishedOrdersGenerated, 'date' | 'occurredAt'>,
  ): DomainEvent[] {
    const { orderId, userId, deliverySlot, subscriptionId, items, missing, addedAmount = 0 } = order;
    // Lines that were added since have events of their own.
    const amount = order.amount - addedAmount;
    const facts = { orderId, userId, amount, subscriptionId };
    const retryAt = canBeRecovered(order)
      ? this.schedule.announcedRetryOf({ date, deliverySlot }, occurredAt)
      : undefined;
    const events: DomainEvent[] = [
      { type: 'order.placed', ...facts, deliverySlot, items: firstLinesOf(order) },
      {
        type: 'order.confirmed',
        ...facts,
        deliverySlot,
        ...(addedAmount === 0 && { items: items.map(namedLineOf) }),
        ...(missing && { missing: missing.map(namedLineOf) }),
        ...(retryAt && { retryAt }),
        isAnnounced: true,
      },
    ];
    const initial = initialPaymentOf(order);
    if (initial?.status !== 'SUCCESS') return events;
    const { paymentId, method } = initial;
    return [...events, { type: 'payment.succeeded', orderId, userId, amount, paymentId, method }];
  }
}

/** The lines that the order was placed with. Lines that were added since are the last ones. */
function firstLinesOf({ items, addedAmount = 0 }: Order): Line[] {
  let count = items.length;
  for (let rest = addedAmount; rest > 0 && count > 0; count--) rest -= items[count - 1]?.lineTotal ?? 0;
  return items.slice(0, count).map(({ productId, qty }) => ({ productId, qty }));
}

function orderEventOf(
  event: DomainEvent,
  { orderId }: Order,
  { eventId, occurredAt, requestId }: Omit<PublishedOrdersGenerated, 'orderIds'>,
) {
  const derivedId = derivedEventId(eventId, `${event.type} ${orderId}`);
  return { ...event, eventId: derivedId, occurredAt, requestId } as PublishedEvent;
}
