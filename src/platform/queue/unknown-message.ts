/** A message of a kind that this version does not have, most likely from a newer one. It names the field, not its value. */
export class UnknownMessage extends Error {
  constructor(field: string) {
    super(`The message is of an unknown kind: ${field}`);
  }
}
