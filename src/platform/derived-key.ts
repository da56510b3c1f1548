import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** While the secret is rotated, tasks also accept what the previous one has signed and encrypted. See ADR 46. */
export interface Secrets {
  readonly jwtSecret: string;
  readonly jwtSecretPrevious?: string;
}

/** A key for one purpose, derived from a secret by HKDF. Keys of different purposes tell nothing about each other. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `milkround ${purpose}`, KEY_BYTES));
}

/** The keys of one purpose: the current one, then the previous one, if there is one. */
export function deriveKeys(secrets: Secrets, purpose: string): readonly Buffer[] {
  return secretsOf(secrets).map((secret) => deriveKey(secret, purpose));
}

/** The current secret, then the previous one, if there is one. */
export function secretsOf({ jwtSecret, jwtSecretPrevious }: Secrets): readonly string[] {
  return jwtSecretPrevious === undefined ? [jwtSecret] : [jwtSecret, jwtSecretPrevious];
}
