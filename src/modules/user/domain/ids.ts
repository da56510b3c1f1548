import { hexDigestOf, prefixedUlid, type UserId } from '../../../kernel/ids';

export const newUserId = (): UserId => prefixedUlid('U');

/** The user id for a subject of an identity provider: stable, and it does not reveal the subject. */
export function userIdOfIdentity(issuer: string, subject: string): UserId {
  return `U${hexDigestOf(JSON.stringify([issuer, subject]), 32)}`;
}
