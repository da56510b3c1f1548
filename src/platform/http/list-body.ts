import type { PipeTransform, Type } from '@nestjs/common';
import { InvalidRequest } from '../errors';
import { validationPipe } from './validation';

/** An entry as it was sent, and why it is invalid. */
export interface InvalidEntry {
  readonly error: InvalidRequest;
  readonly given: unknown;
}

/** An entry of a list: its value, or why it is invalid. */
export type ListEntry<T> = { readonly value: T } | InvalidEntry;

/**
 * Validates a body that is a list, each entry on its own: one that is invalid does not make the request fail. Refuses a
 * body that is not a list of one to `max` entries.
 */
export class ListBodyPipe<T extends object> implements PipeTransform<unknown, Promise<ListEntry<T>[]>> {
  private readonly pipe = validationPipe();

  constructor(
    private readonly type: Type<T>,
    private readonly max: number,
  ) {}

  async transform(body: unknown): Promise<ListEntry<T>[]> {
    if (!Array.isArray(body) || body.length < 1 || body.length > this.max) {
      throw new InvalidRequest([{ field: 'body', message: `the body must be a list of 1–${this.max} entries` }]);
    }
    const entries: ListEntry<T>[] = [];
    for (const given of body as unknown[]) entries.push(await this.entryOf(given));
    return entries;
  }

  private async entryOf(given: unknown): Promise<ListEntry<T>> {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      return { error: new InvalidRequest([{ field: 'body', message: 'each entry must be an object' }]), given };
    }
    try {
      return { value: (await this.pipe.transform(given, { type: 'body', metatype: this.type })) as T };
    } catch (error) {
      if (error instanceof InvalidRequest) return { error, given };
      throw error;
    }
  }
}
