import type { UserId } from '../../../kernel/ids';
import type { NotificationType } from '../domain/notification';

export interface Sms {
  /** The notification in the log. The provider returns it in reports, if it has any. */
  readonly notificationId: string;
  /** The recipient, returned likewise. */
  readonly userId: UserId;
  readonly type: NotificationType;
  /** A phone number in E.164 form. */
  readonly to: string;
  readonly text: string;
}

/** Sends text messages. `SMS_PROVIDER` chooses the implementation. */
export abstract class SmsSender {
  /** Sends a text and returns its id at the provider. `RecipientRefused`, `ProviderBusy`. */
  abstract send(sms: Sms): Promise<string>;
}
