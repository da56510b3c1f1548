import { Injectable } from '@nestjs/common';
import type { DeliveryAssigned, DeliveryUpdated } from '../../events/delivery.events';
import type { OrderConfirmed } from '../../events/order.events';
import type { CourierActivated, CourierDeactivated } from '../../events/user.events';
import { Subscribe } from '../../platform/events/subscribe';
import { CourierChanges } from './courier-changes.service';
import { DeliveryAssignment } from './delivery-assignment.service';
import { DeliveryWatch } from './delivery-watch.service';

@Injectable()
export class DeliverySubscribers {
  constructor(
    private readonly assignment: DeliveryAssignment,
    private readonly courierChanges: CourierChanges,
    private readonly watch: DeliveryWatch,
  ) {}

  @Subscribe('order.confirmed', { as: 'delivery.assign', aliases: ['DeliverySubscribers.assign'] })
  async assign(order: OrderConfirmed): Promise<void> {
    await this.assignment.assignAutomatically(order);
  }

  /** Runs after the commit, so either it sees that the courier was blocked before, or they were blocked later. */
  @Subscribe('delivery.assigned', { as: 'delivery.replace_inactive_courier' })
  async replaceInactiveCourier({ orderId, courierId }: DeliveryAssigned): Promise<void> {
    if (courierId !== undefined) await this.courierChanges.replaceIfInactive(orderId, courierId);
  }

  @Subscribe('user.courier_activated', { as: 'delivery.assign_waiting' })
  async assignWaiting({ userId }: CourierActivated): Promise<void> {
    await this.courierChanges.assignWaiting(userId);
  }

  @Subscribe('user.courier_deactivated', { as: 'delivery.record_inactive_courier' })
  async recordInactiveCourier({ userId }: CourierDeactivated): Promise<void> {
    await this.courierChanges.recordInactive(userId);
  }

  /** Answers the clients that wait at this task. Other tasks find the change with their next read. */
  @Subscribe(['delivery.assigned', 'delivery.updated'], { as: 'delivery.refresh_watch' })
  async refreshWatch({ deliveryId }: DeliveryAssigned | DeliveryUpdated): Promise<void> {
    await this.watch.refresh(deliveryId);
  }
}
