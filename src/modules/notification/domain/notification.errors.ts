/** A message that is no notification; it says which field is wrong, never what stands in it. */
export class MalformedNotification extends Error {
  constructor(readonly field: string) {
    super(`The message is no notification: ${field}`);
  }
}

/** Not a failure: it went out before. */
export class AlreadySent extends Error {}

/** Somebody else is sending it, or died while sending: the message comes again when the lease has ended. */
export class SendInProgress extends Error {
  constructor() {
    super('Somebody else is sending it');
  }
}

/** The provider did not take it. Its own words may quote an address, so only their kind is kept. */
export class SendFailed extends Error {
  constructor(
    channel: string,
    readonly kind: string,
  ) {
    super(`${channel} was not sent: ${kind}`);
  }
}
