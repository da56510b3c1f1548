import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { random } from '../../kernel/random';
import { UserService } from '../user';

const MAX_START_INDEX = 1_000;

/** Who brings the milk: whom the customer knows, else everybody in turn. */
@Injectable()
export class CourierSelector {
  /** Every process starts somewhere else, so that together they spread evenly too. */
  private nextIndex = Math.floor(random() * MAX_START_INDEX);

  constructor(private readonly users: UserService) {}

  /** The customer's last courier when still at work, else the next one; undefined when nobody is. */
  async select(previousCourierId: UserId | undefined): Promise<UserId | undefined> {
    const couriers = await this.users.activeCouriers();
    const previousCourier = couriers.find(({ userId }) => userId === previousCourierId);
    return (previousCourier ?? couriers[this.nextIndex++ % couriers.length])?.userId;
  }

  async isActive(courierId: UserId): Promise<boolean> {
    return this.users.isActiveCourier(courierId);
  }
}
