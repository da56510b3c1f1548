import { QueryIntegerField } from './number-fields';
import { TextField } from './text-fields';

/** The query parameters of every list. */
export class ListQuery {
  @QueryIntegerField({
    min: 1,
    max: 100,
    optional: true,
    description: 'Maximum number of items in the page. Default: 20.',
  })
  limit: number = 20;

  @TextField({
    max: 2_000,
    optional: true,
    description: 'Position in the list, from the `Link` header of the previous page.',
  })
  cursor?: string;
}
