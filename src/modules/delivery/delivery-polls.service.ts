import { Injectable } from '@nestjs/common';
import type { DeliveryId } from '../../kernel/ids';
import { NotSignedIn } from '../../platform/auth/auth.errors';
import type { Caller } from '../../platform/auth/caller';
import { RevokedTokens } from '../../platform/auth/revoked-tokens';
import { DeliveryWatch } from './delivery-watch.service';
import { DeliveryService } from './delivery.service';
import type { Delivery } from './domain/delivery';

/** The version that a client has, and how long it waits for a later one. */
export interface Poll {
  readonly since: number;
  readonly waitSeconds: number;
}

/** Answers clients that wait for a delivery to change. */
@Injectable()
export class DeliveryPolls {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly watch: DeliveryWatch,
    private readonly revokedTokens: RevokedTokens,
  ) {}

  /**
   * A delivery, once its version has passed `since`, or as it is after `waitSeconds`. The caller is checked before and
   * after the wait: a courier may have lost the delivery meanwhile.
   *
   * Errors: `delivery.not_found`, `auth.unauthenticated` if the token was revoked meanwhile, `delivery.too_many_polls`,
   * `delivery.polls_busy`.
   */
  async get(
    deliveryId: DeliveryId,
    caller: Caller,
    { since, waitSeconds }: Poll,
    disconnected: AbortSignal,
  ): Promise<Delivery> {
    const delivery = await this.deliveries.get(deliveryId, caller);
    if (delivery.version > since || waitSeconds === 0) return delivery;
    const milliseconds = waitSeconds * 1_000;
    await this.watch.waitForChange({ userId: caller.userId, deliveryId, since, milliseconds, disconnected });
    // The connection is closed, so no client gets it.
    if (disconnected.aborted) return delivery;
    if (this.revokedTokens.includeTokenOf(caller)) throw new NotSignedIn();
    return this.deliveries.get(deliveryId, caller);
  }
}
