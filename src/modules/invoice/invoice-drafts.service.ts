import { Inject, Injectable, Logger } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { OrderId, UserId } from '../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { DairyService } from '../dairy';
import { type Order, OrderQueryService } from '../order';
import { UserService } from '../user';
import { contentOf, type DeliveredOrder, type InvoiceDraft, type Month } from './domain/invoice';
import { OrderNotDelivered } from './domain/invoice.errors';

/** Writes what invoices say, from orders, customers and the dairy. */
@Injectable()
export class InvoiceDrafts {
  private readonly logger = new Logger(InvoiceDrafts.name);

  constructor(
    private readonly orders: OrderQueryService,
    private readonly users: UserService,
    private readonly dairy: DairyService,
    private readonly calendar: Calendar,
    @Inject(PLATFORM_SETTINGS) private readonly platform: PlatformSettings,
  ) {}

  /** Orders as they were delivered, in the order of the ids. `invoice.order_not_delivered`. */
  async deliveredOrders(orderIds: readonly OrderId[]): Promise<DeliveredOrder[]> {
    const orders = await this.orders.findByIds(orderIds);
    return orders.flatMap((order) => (order ? [this.deliveredOrderOf(order)] : []));
  }

  /** `invoice.order_not_delivered`. */
  deliveredOrderOf(order: Order): DeliveredOrder {
    const delivered = this.ifDelivered(order);
    if (!delivered) throw new OrderNotDelivered(order.orderId, order.status);
    return delivered;
  }

  /** Those of the orders that are delivered. Only damaged data can contain others, which are logged. */
  async onlyDelivered(orderIds: readonly OrderId[]): Promise<DeliveredOrder[]> {
    const orders = await this.orders.findByIds(orderIds);
    return orders.flatMap((order, index) => {
      const delivered = order && this.ifDelivered(order);
      if (delivered) return [delivered];
      this.logger.error({ orderId: orderIds[index], status: order?.status }, 'Pending order is not delivered');
      return [];
    });
  }

  private ifDelivered({ orderId, userId, address, items, history }: Order): DeliveredOrder | undefined {
    const delivery = history.find((change) => change.status === 'DELIVERED');
    return delivery && { orderId, userId, address, items, date: this.calendar.dateOf(delivery.at) };
  }

  /** The draft of an invoice for one or more orders of a customer. */
  async draftFor(
    userId: UserId,
    orders: readonly DeliveredOrder[],
    identity: { readonly invoiceId: string; readonly month?: Month; readonly orderId?: OrderId },
  ): Promise<InvoiceDraft> {
    const [contact, dairy] = await Promise.all([this.users.contactOf(userId), this.dairy.get()]);
    const { name, address, email, phone, taxId } = dairy;
    const latest = [...orders].sort((one, other) => (one.date < other.date ? -1 : 1)).at(-1);
    return {
      ...identity,
      userId,
      ...contentOf(orders),
      seller: { name, address, email, phone, taxId },
      buyer: { name: contact?.name ?? '', address: latest?.address ?? '' },
      currency: this.platform.currency,
      language: contact?.language ?? dairy.language,
    };
  }
}
