import { Injectable } from '@nestjs/common';
import type { OrderConfirmed } from '../../events/order.events';
import { Subscribe } from '../../platform/events/subscribe';
import { DeliveryAssignment } from './delivery-assignment.service';

@Injectable()
export class DeliverySubscribers {
  constructor(private readonly assignment: DeliveryAssignment) {}

  @Subscribe('order.confirmed', { as: 'delivery.assign', aliases: ['DeliverySubscribers.assign'] })
  async assign(order: OrderConfirmed): Promise<void> {
    await this.assignment.assignAutomatically(order);
  }
}
