/**
 * A message that cannot be handled yet, although nothing has failed: a quota is used up, or it is not the time. It waits
 * without using up an attempt.
 */
export class Postponed extends Error {
  constructor(
    readonly seconds: number,
    reason: string,
  ) {
    super(`Message postponed: ${reason}`);
  }
}
