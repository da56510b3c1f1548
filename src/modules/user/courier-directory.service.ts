import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import type { Courier } from './domain/user';
import { UserRepository } from './user.repository';

const MAX_AGE_MILLISECONDS = 4_500;

/** The couriers, blocked ones too, at most five seconds old. */
@Injectable()
export class CourierDirectory {
  private cached?: { readonly at: number; readonly couriers: Promise<readonly Courier[]> };

  constructor(
    private readonly repository: UserRepository,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<readonly Courier[]> {
    const now = this.clock.realNow();
    if (this.cached && now - this.cached.at < MAX_AGE_MILLISECONDS) return this.cached.couriers;
    const entry = { at: now, couriers: this.load() };
    this.cached = entry;
    entry.couriers.catch(() => {
      if (this.cached === entry) this.cached = undefined;
    });
    return entry.couriers;
  }

  /** Clears the cache when a user may have become a courier, or stopped being one. */
  invalidate(): void {
    this.cached = undefined;
  }

  private async load(): Promise<readonly Courier[]> {
    const couriers = await this.repository.findByRole('COURIER');
    return couriers
      .map(({ userId, name, blocked }) => ({ userId, name, blocked }))
      .sort((a, b) => (a.userId < b.userId ? -1 : 1));
  }
}
