import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** A key for one purpose, derived from a secret by HKDF. Keys of different purposes tell nothing about each other. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `milkround ${purpose}`, KEY_BYTES));
}
