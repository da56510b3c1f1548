import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { random } from '../../kernel/random';
import { UserService } from '../user';
import { chooseCourier, type CourierChoice, type UsualCourier } from './domain/usual-courier';

const MAX_START_INDEX = 1_000;

/** Selects the courier of a delivery: the customer's usual one, else the active couriers in turn. */
@Injectable()
export class CourierSelector {
  /** Every process starts at a random courier, so that all processes together spread deliveries evenly. */
  private nextIndex = Math.floor(random() * MAX_START_INDEX);

  constructor(private readonly users: UserService) {}

  /** The courier of a delivery, and the customer's usual courier if that changes. Uses a list that is 5 s old at most. */
  async select(customerId: UserId, usual: UsualCourier | undefined): Promise<CourierChoice> {
    const couriers = await this.users.listCouriers();
    return chooseCourier(customerId, usual, couriers, (active) => active[this.nextIndex++ % active.length] as UserId);
  }

  /** Whether a courier is active, read without a cache. If not, the next selection uses a new list. */
  async isActive(courierId: UserId): Promise<boolean> {
    return this.users.isActiveCourier(courierId);
  }
}
