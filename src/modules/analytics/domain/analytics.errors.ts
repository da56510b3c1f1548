/** A message that is not an analytics event. The error names the invalid field, never its value. */
export class MalformedAnalyticsEvent extends Error {
  constructor(readonly field: string) {
    super(`Malformed analytics event: ${field}`);
  }
}

/** Not a failure: another batch has counted an event or a customer of this one. */
export class AlreadyCounted extends Error {}
