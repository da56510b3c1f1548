import { Injectable } from '@nestjs/common';
import { jitter, type UserId } from '../../kernel/ids';
import { UserService } from '../user';

const STARTS = 1_000;

/** Who brings the milk: whom the customer knows, else everybody in turn. */
@Injectable()
export class CourierChoice {
  /** Every process starts somewhere else, so that together they spread evenly too. */
  private turn = Math.floor(jitter() * STARTS);

  constructor(private readonly users: UserService) {}

  /** The customer's last courier when still at work, else the next one; undefined when nobody is. */
  async of(last: UserId | undefined): Promise<UserId | undefined> {
    const couriers = await this.users.activeCouriers();
    const known = couriers.find(({ userId }) => userId === last);
    return (known ?? couriers[this.turn++ % couriers.length])?.userId;
  }

  async isAtWork(courierId: UserId): Promise<boolean> {
    return this.users.isActiveCourier(courierId);
  }
}
