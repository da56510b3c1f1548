import type { UserId } from '../../../kernel/ids';
import type { RefusalReason } from '../../user';

/** The tag of a mail with the id of its recipient. SES returns it with a bounce. */
export const USER_ID_TAG = 'userId';

/** A mail that its recipient will never get, or reported as spam. */
export interface ReturnedMail {
  readonly userId: UserId;
  readonly addresses: readonly string[];
  readonly reason: Extract<RefusalReason, 'BOUNCED' | 'COMPLAINED'>;
}

interface Recipient {
  readonly emailAddress?: unknown;
}

/** An event of SES. Fields that a bounce and a complaint do not need are left out. */
interface MailEvent {
  readonly eventType?: unknown;
  readonly mail?: { readonly tags?: Readonly<Record<string, readonly string[] | undefined>> };
  readonly bounce?: { readonly bounceType?: unknown; readonly bouncedRecipients?: readonly Recipient[] };
  readonly complaint?: {
    readonly complaintFeedbackType?: unknown;
    readonly complainedRecipients?: readonly Recipient[];
  };
}

/**
 * What an event of SES says about a recipient. Undefined for events that do not stop mail, such as a full mailbox, and for
 * mails of earlier versions, which lack the tag.
 */
export function returnedMailOf(event: unknown): ReturnedMail | undefined {
  const { eventType, mail, bounce, complaint } = (event ?? {}) as MailEvent;
  const userId = mail?.tags?.[USER_ID_TAG]?.[0];
  if (typeof userId !== 'string') return undefined;
  if (eventType === 'Bounce' && bounce?.bounceType === 'Permanent') {
    return { userId, addresses: addressesOf(bounce.bouncedRecipients), reason: 'BOUNCED' };
  }
  return eventType === 'Complaint' && complaint?.complaintFeedbackType !== 'not-spam'
    ? { userId, addresses: addressesOf(complaint?.complainedRecipients), reason: 'COMPLAINED' }
    : undefined;
}

/** As users are stored: without the name, in lower case. */
function addressesOf(recipients: readonly Recipient[] = []): string[] {
  return recipients.flatMap(({ emailAddress }) =>
    typeof emailAddress === 'string'
      ? [(/<([^>]*)>/.exec(emailAddress)?.[1] ?? emailAddress).trim().toLowerCase()]
      : [],
  );
}
