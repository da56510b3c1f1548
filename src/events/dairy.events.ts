/** An admin changed what messages and documents say about the dairy. */
export interface DairyUpdated {
  readonly type: 'dairy.updated';
  /** The names of the fields in the request. */
  readonly changed: readonly string[];
}

export type DairyEvent = DairyUpdated;
