import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { random } from '../../kernel/random';
import { UserService } from '../user';

const MAX_START_INDEX = 1_000;

/** Selects the courier of a delivery: the one the customer had last, else the active couriers in turn. */
@Injectable()
export class CourierSelector {
  /** Every process starts at a random courier, so that all processes together spread deliveries evenly. */
  private nextIndex = Math.floor(random() * MAX_START_INDEX);

  constructor(private readonly users: UserService) {}

  /** The customer's last courier if still active, else the next one. Undefined if no courier is active. */
  async select(previousCourierId: UserId | undefined): Promise<UserId | undefined> {
    const couriers = await this.users.activeCouriers();
    const previousCourier = couriers.find(({ userId }) => userId === previousCourierId);
    return (previousCourier ?? couriers[this.nextIndex++ % couriers.length])?.userId;
  }

  async isActive(courierId: UserId): Promise<boolean> {
    return this.users.isActiveCourier(courierId);
  }
}
