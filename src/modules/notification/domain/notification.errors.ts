/** A message that is not a notification. The error names the invalid field, never its value. */
export class MalformedNotification extends Error {
  constructor(readonly field: string) {
    super(`Malformed notification: ${field}`);
  }
}

/** Not a failure: the notification was already sent. */
export class AlreadySent extends Error {}

/** Another worker is sending the notification, or crashed while sending. SQS delivers the message again later. */
export class SendInProgress extends Error {
  constructor() {
    super('Another worker is sending the notification');
  }
}

/** The provider refused the notification. Its message may contain an address, so only the error's name is kept. */
export class SendFailed extends Error {
  constructor(
    channel: string,
    readonly kind: string,
  ) {
    super(`${channel} was not sent: ${kind}`);
  }
}
