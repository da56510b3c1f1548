import { QueryIntegerField } from './number-fields';
import { TextField } from './text-fields';

/** What every list takes: `limit` and the cursor of its Link header. */
export class ListQuery {
  @QueryIntegerField({ min: 1, max: 100, optional: true, description: 'How many at most (default 20).' })
  limit: number = 20;

  @TextField({ max: 2_000, optional: true, description: 'From the Link header of the page before.' })
  cursor?: string;
}
