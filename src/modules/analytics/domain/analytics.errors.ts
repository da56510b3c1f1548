/** A message that is not an analytics event. The error names the invalid field, never its value. */
export class MalformedAnalyticsEvent extends Error {
  constructor(readonly field: string) {
    super(`Malformed analytics event: ${field}`);
  }
}

/** Not a failure: the message is a duplicate. */
export class AlreadyLogged extends Error {}
