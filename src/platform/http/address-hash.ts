import { LRUCache } from 'lru-cache';
import { createHmac } from 'node:crypto';
import { deriveKey } from '../derived-key';

const HASH_LENGTH = 12;
/** A hash takes longer than the rest of a cached request. */
const MAX_REMEMBERED = 10_000;

/**
 * Returns a function that hashes client addresses for the log. Equal addresses have equal hashes, but without the
 * secret they cannot be computed, not even by trying every address. A new secret changes all hashes.
 */
export function addressHasher(secret: string): (address: string) => string {
  const key = deriveKey(secret, 'address hash');
  const hashes = new LRUCache<string, string>({
    max: MAX_REMEMBERED,
    memoMethod: (address) => createHmac('sha256', key).update(address).digest('base64url').slice(0, HASH_LENGTH),
  });
  return (address) => hashes.memo(address);
}
