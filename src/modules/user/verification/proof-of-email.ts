import type { UserEvent } from '../../../events/user.events';
import type { AttributeChanges } from '../../../platform/dynamo/write';
import { isEmailVerified, type User } from '../domain/user';

/** What a used reset or invitation proves, and changes in the same write as the password. */
export interface ProofOfEmail {
  readonly change: AttributeChanges;
  readonly events: readonly UserEvent[];
  /** Whether the account loses a phone or address that another person may have entered. */
  readonly clearsContacts: boolean;
}

/**
 * A token from a mail proves that the user reads the mail of the address. Until the first proof, another person may have
 * opened the account and entered phone and address, so they are removed. An invited user had no password: only an admin
 * can have entered theirs, and they stay.
 */
export function proofOfEmail(user: User & { readonly passwordHash?: string }): ProofOfEmail {
  if (isEmailVerified(user)) return { change: {}, events: [], clearsContacts: false };
  const { userId, passwordHash, phone, address } = user;
  const events = [{ type: 'user.email_verified', userId } as const];
  const verified = { emailVerified: true };
  if (passwordHash === undefined) return { change: { set: verified }, events, clearsContacts: false };
  return {
    change: {
      // Kinds that were turned off stay off: the owner may have done that with the link in a mail.
      set: { ...verified, 'notifications.email': true, 'notifications.sms': true },
      add: { version: 1 },
      remove: ['phone', 'phoneRefusal', 'address'],
    },
    events,
    clearsContacts: phone !== undefined || address !== undefined,
  };
}
