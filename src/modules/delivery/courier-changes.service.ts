import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { OrderId, UserId } from '../../kernel/ids';
import { iteratePages } from '../../platform/dynamo/cursor';
import { CourierSelector } from './courier-selector.service';
import { DeliveryAssignment } from './delivery-assignment.service';
import { DeliveryQueryRepository } from './delivery-query.repository';
import { DeliveryQueryService } from './delivery-query.service';
import { UNASSIGNED_SHARDS } from './delivery.repository';
import { InactiveCourierRepository } from './inactive-courier.repository';

const PAGE_SIZE = 50;
const CONCURRENCY = 10;

/** Keeps deliveries with active couriers when couriers come and go. Every method may be repeated. */
@Injectable()
export class CourierChanges {
  constructor(
    private readonly assignment: DeliveryAssignment,
    private readonly couriers: CourierSelector,
    private readonly repository: DeliveryQueryRepository,
    private readonly queries: DeliveryQueryService,
    private readonly inactiveCouriers: InactiveCourierRepository,
  ) {}

  /**
   * Assigns an ASSIGNED delivery to another courier if its courier was blocked meanwhile. The list of couriers that
   * chose them may have been five seconds old.
   */
  async replaceIfInactive(orderId: OrderId, courierId: UserId): Promise<void> {
    if (!(await this.couriers.isActive(courierId))) await this.assignment.reassignAutomatically(orderId, courierId);
  }

  /** Assigns the deliveries of today and later that wait for a courier, now that one is active. */
  async assignWaiting(courierId: UserId): Promise<void> {
    if (!(await this.couriers.isActive(courierId))) return;
    const limit = pLimit(CONCURRENCY);
    const period = this.queries.periodOf(undefined);
    for (let shard = 0; shard < UNASSIGNED_SHARDS; shard++) {
      const waiting = iteratePages(PAGE_SIZE, (page) => this.repository.findUnassigned(shard, period, page));
      for await (const deliveries of waiting) {
        await Promise.all(
          deliveries.map(({ orderId }) =>
            limit(() => this.assignment.reassignAutomatically(orderId, undefined, courierId)),
          ),
        );
      }
    }
  }

  /** Remembers a courier whose open deliveries an admin must find. */
  async recordInactive(courierId: UserId): Promise<void> {
    await this.inactiveCouriers.add(courierId);
  }
}
