/** A message that is not a notification. The error names the invalid field, never its value. */
export class MalformedNotification extends Error {
  constructor(readonly field: string) {
    super(`Malformed notification: ${field}`);
  }
}

/** Not a failure: it was sent before. */
export class AlreadySent extends Error {}

/** Another worker is sending it, or crashed while sending. The message is received again after the lease has ended. */
export class SendInProgress extends Error {
  constructor() {
    super('Another worker is sending it');
  }
}

/** The provider did not accept it. Its message may contain an address, so only the name of the error is kept. */
export class SendFailed extends Error {
  constructor(
    channel: string,
    readonly kind: string,
  ) {
    super(`${channel} was not sent: ${kind}`);
  }
}
