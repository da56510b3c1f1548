import { hexDigestOf, prefixedUlid, type UserId } from '../../../kernel/ids';

export const newUserId = (): UserId => prefixedUlid('U');

/**
 * The id of a sign-in at an identity provider, which all its tokens share. Without `auth_time`, each token counts as a
 * sign-in of its own.
 */
export function sessionIdOfIdentity({
  iss,
  sub,
  auth_time: signedInAt,
  iat: issuedAt,
}: {
  readonly iss: string;
  readonly sub: string;
  readonly [claim: string]: unknown;
}): string {
  return hexDigestOf(JSON.stringify([iss.replace(/\/$/, ''), sub, signedInAt ?? issuedAt]), 32);
}

/** The user id for a subject of an identity provider: stable, and it does not reveal the subject. */
export function userIdOfIdentity(issuer: string, subject: string): UserId {
  return `U${hexDigestOf(JSON.stringify([issuer, subject]), 32)}`;
}
