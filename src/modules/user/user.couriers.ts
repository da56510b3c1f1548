import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { type Courier, isActiveCourier } from './user';
import { UserRepository } from './user.repository';

const FRESH_MILLISECONDS = 4_500;

/** The couriers at work, at most five seconds old. */
@Injectable()
export class Couriers {
  private known?: { readonly at: number; readonly couriers: Promise<readonly Courier[]> };

  constructor(
    private readonly repository: UserRepository,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<readonly Courier[]> {
    const now = this.clock.realNow();
    if (this.known && now - this.known.at < FRESH_MILLISECONDS) return this.known.couriers;
    const known = { at: now, couriers: this.read() };
    this.known = known;
    known.couriers.catch(() => {
      if (this.known === known) this.known = undefined;
    });
    return known.couriers;
  }

  /** Somebody has become a courier, or is none any more: ask again. */
  changed(): void {
    this.known = undefined;
  }

  private async read(): Promise<readonly Courier[]> {
    const couriers = await this.repository.findByRole('COURIER');
    return couriers
      .filter(isActiveCourier)
      .map(({ userId, name }) => ({ userId, name }))
      .sort((a, b) => (a.userId < b.userId ? -1 : 1));
  }
}
