import type { Page } from '../dynamo/cursor';

/** One page of a list. The body is its items, or an object that contains them. The Link header names the next page. */
export class PagedResponse<T> {
  constructor(
    readonly page: Page<T>,
    readonly body: unknown = page.items,
  ) {}
}
