import { Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { OrderId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { DeliveryQueryService } from '../delivery';
import { OrderService } from '../order';
import { UserService } from '../user';
import { type IssuedManifest, namedOrdersOf } from './domain/amendment';
import {
  type ManifestKey,
  type ManifestOrder,
  manifestOrderOf,
  removalReasonOf,
  type RemovalReason,
} from './domain/manifest';
import { ManifestTooLarge } from './domain/manifest.errors';

/** What is on a manifest now, and what a person needs to know about orders that were. */
export interface ManifestContents {
  readonly orders: readonly ManifestOrder[];
  /** Why an order of the last number is missing. */
  readonly reasonOf: (orderId: OrderId) => RemovalReason;
  /** The name of the customer of an order on the manifest or in an amendment. */
  readonly nameOf: (orderId: OrderId) => string | undefined;
}

/** Bounds the memory and time of a request. Many times what a courier can deliver in a day. */
const MAX_DELIVERIES = 1_000;

/** Reads what couriers deliver. */
@Injectable()
export class ManifestContentsService {
  constructor(
    private readonly deliveries: DeliveryQueryService,
    private readonly orders: OrderService,
    private readonly users: UserService,
    private readonly database: Database,
    private readonly calendar: Calendar,
  ) {}

  /**
   * Reads the contents of a manifest: one query for up to 500 deliveries, then each delivery, its order and its customer,
   * 100 per round trip. All but the query are consistent, and orders of the last number are read by their ids, so an
   * index that lags behind never removes one. `manifest.too_large`.
   */
  async load(manifest: ManifestKey, last: IssuedManifest | undefined): Promise<ManifestContents> {
    const { courierId, date } = manifest;
    const named = last ? namedOrdersOf(last) : new Set<OrderId>();
    const candidates = await this.deliveries.findCandidates(courierId, date, named, MAX_DELIVERIES);
    if (!candidates) throw new ManifestTooLarge(courierId, date, MAX_DELIVERIES);
    const reasons = new Map(
      candidates.map((delivery) => [delivery.orderId, removalReasonOf(delivery, manifest, this.calendar)]),
    );
    const current = candidates.filter(({ orderId }) => reasons.get(orderId) === undefined);
    const shown = candidates.filter(({ orderId }) => named.has(orderId) || reasons.get(orderId) === undefined);
    const customerIds = [...new Set(shown.map(({ userId }) => userId))];
    const [orders, contacts] = await Promise.all([
      this.database.batchGet(current.map(({ orderId }) => this.orders.readOf(orderId))),
      this.database.batchGet(customerIds.map((userId) => this.users.contactReadOf(userId))),
    ]);
    const contactsById = new Map(customerIds.map((userId, index) => [userId, contacts[index]]));
    const names = new Map(shown.map(({ orderId, userId }) => [orderId, contactsById.get(userId)?.name]));
    return {
      orders: current.flatMap((delivery, index) => {
        const order = orders[index];
        return order ? [manifestOrderOf(delivery, order, contactsById.get(delivery.userId))] : [];
      }),
      reasonOf: (orderId) => reasons.get(orderId) ?? 'CANCELLED',
      nameOf: (orderId) => names.get(orderId),
    };
  }
}
