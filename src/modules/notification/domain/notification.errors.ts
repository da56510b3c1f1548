import { Invalid } from '../../../platform/errors';
import type { RefusalReason } from '../../user';

/** A message that is not a notification. The error names the invalid field, never its value. */
export class MalformedNotification extends Error {
  constructor(readonly field: string) {
    super(`Malformed notification: ${field}`);
  }
}

export class InvalidUnsubscribeToken extends Invalid {
  static override readonly code = 'notification.invalid_unsubscribe_token';
  constructor() {
    super('The link is invalid. Copy all of it from the mail, or turn off messages by PATCH /user/profile.');
  }
}

/** Not a failure: the notification was already sent, or refused for good. */
export class AlreadyHandled extends Error {}

/** Another worker is sending the notification, or crashed while sending. SQS delivers the message again later. */
export class SendInProgress extends Error {
  constructor() {
    super('Another worker is sending the notification');
  }
}

/** The provider will never send to this address or number. A retry would not help. */
export class RecipientRefused extends Error {
  constructor(readonly reason: RefusalReason) {
    super(`The provider refuses the recipient: ${reason}`);
  }
}

/** The rate or quota at the provider is used up. The message waits, which is not a failure. */
export class ProviderBusy extends Error {
  constructor(readonly seconds: number) {
    super('The provider accepts no more messages for now');
  }
}

/** The provider has answered that it does not send the message, because of the account or the request. `kind` names its error. */
export class ProviderRejected extends Error {
  constructor(readonly kind: string) {
    super(`The provider rejects the message: ${kind}`);
  }
}

/** The provider did not accept the notification. Its message may contain an address, so only the error's name is kept. */
export class SendFailed extends Error {
  constructor(
    channel: string,
    readonly kind: string,
  ) {
    super(`${channel} was not sent: ${kind}`);
  }
}

/** A message that is not a report about an SMS. The error names the invalid field, never its value. */
export class MalformedSmsReport extends Error {
  constructor(readonly field: string) {
    super(`Malformed SMS report: ${field}`);
  }
}
