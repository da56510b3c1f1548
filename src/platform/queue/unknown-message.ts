/**
 * A message of a kind that this version does not know, most likely from a newer one. Names the field, not its value.
 */
export class UnknownMessage extends Error {
  constructor(field: string) {
    super(`Unknown message kind in field ${field}`);
  }
}
