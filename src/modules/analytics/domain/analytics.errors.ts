/** A message that is no analytics event; it says which field is wrong, never what stands in it. */
export class MalformedAnalyticsEvent extends Error {
  constructor(readonly field: string) {
    super(`The message is no analytics event: ${field}`);
  }
}

/** Not a failure: the message has come twice. */
export class AlreadyLogged extends Error {}
