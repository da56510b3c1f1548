import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKeys, type Secrets } from './derived-key';

/** Signs texts for one purpose by HMAC. Signatures of the previous `JWT_SECRET` stay valid. */
export class Signer {
  private readonly keys: readonly Buffer[];

  constructor(secrets: Secrets, purpose: string) {
    this.keys = deriveKeys(secrets, purpose);
  }

  /** A signature of 43 characters, in base64url. */
  sign(text: string): string {
    return this.signatures(text)[0] ?? '';
  }

  isSignature(signature: string, text: string): boolean {
    return this.signatures(text).some((valid) => isEqual(valid, signature));
  }

  /** The signatures by the current secret and, if there is one, by the previous one. */
  signatures(text: string): string[] {
    return this.keys.map((key) => createHmac('sha256', key).update(text).digest('base64url'));
  }
}

/** Compares secrets in constant time. */
export function isEqual(first: string, second: string): boolean {
  const [a, b] = [Buffer.from(first), Buffer.from(second)];
  return a.length === b.length && timingSafeEqual(a, b);
}
