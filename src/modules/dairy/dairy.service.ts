import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { setOrRemoved } from '../../platform/dynamo/write';
import { InvalidRequest } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import { DairyRepository } from './dairy.repository';
import type { Dairy, DairyChange } from './domain/dairy';

/** Maximum age of the cached dairy. */
const MAX_AGE_MILLISECONDS = 4_500;

/** What the dairy tells about itself. */
@Injectable()
export class DairyService {
  private cached?: { readonly dairy: Dairy; readonly loadedAt: number };

  constructor(
    private readonly repository: DairyRepository,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** The dairy, from a cache that is at most five seconds old. Changes by this process are visible at once. */
  async get(): Promise<Dairy> {
    const now = this.clock.realNow();
    if (this.cached && now - this.cached.loadedAt < MAX_AGE_MILLISECONDS) return this.cached.dairy;
    const dairy = await this.repository.find();
    this.cached = { dairy, loadedAt: now };
    return dairy;
  }

  /** The dairy as it is stored. */
  async getCurrent(): Promise<Dairy> {
    return this.repository.find();
  }

  /**
   * Changes the fields that are sent. Emits `dairy.updated`. `request.invalid` if there are none; `request.stale` if the
   * dairy is no longer version `expected`.
   */
  async update(change: DairyChange, expected?: number): Promise<Dairy> {
    const changed = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (changed.length === 0) {
      throw new InvalidRequest([
        { field: 'body', message: 'the request changes nothing: send name, address, phone or another field' },
      ]);
    }
    await this.transaction.commit(
      [this.repository.change(setOrRemoved(change), expected)],
      [{ type: 'dairy.updated', changed }],
    );
    this.cached = undefined;
    return this.repository.find();
  }
}
