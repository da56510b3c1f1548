import { createHash, randomBytes } from 'node:crypto';
import type { UserId } from '../../../kernel/ids';

const COUNT = 10;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 16 characters are 80 bits, too many to guess even with the stored hashes. */
const LENGTH = 16;
const GROUP_LENGTH = 4;

/** New recovery codes, such as `K7M4-Q2XD-9F3R-0VTB`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const characters = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return characters.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'))?.join('-') ?? '';
  });
}

/** The stored hash of a recovery code as a person types it: in any case, with or without hyphens, O for 0, I or L for 1. */
export function recoveryHashOf(userId: UserId, code: string): string {
  const digits = code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return createHash('sha256')
    .update(JSON.stringify([userId, digits]))
    .digest('base64url');
}
