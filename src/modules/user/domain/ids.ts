import { hexDigestOf, prefixedUlid, type UserId } from '../../../kernel/ids';

export const newUserId = (): UserId => prefixedUlid('U');

/** The user of an identity provider's subject: always the same, without revealing the provider's own id. */
export function userIdOfIdentity(issuer: string, subject: string): UserId {
  return `U${hexDigestOf(JSON.stringify([issuer, subject]), 32)}`;
}
