import { Inject, Injectable, Logger } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { deriveKeys } from '../../../platform/derived-key';

const ISSUER = 'Milkround';
/** The size that RFC 4226 recommends. */
const SECRET_BYTES = 20;
/** Codes of the step before and after are accepted, because the clock of a phone may differ. */
const WINDOW = 1;
const CODE_PATTERN = /^[0-9]{6}$/;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Creates and verifies time-based one-time passwords (RFC 6238: SHA-1, six digits, steps of thirty seconds, which every
 * authenticator app knows). Secrets are encrypted with a key derived from `JWT_SECRET`, and bound to their user.
 */
@Injectable()
export class TotpCodes {
  private readonly logger = new Logger(TotpCodes.name);
  private readonly keys: readonly Buffer[];

  constructor(
    @Inject(PLATFORM_SETTINGS) settings: PlatformSettings,
    private readonly clock: Clock,
  ) {
    this.keys = deriveKeys(settings, 'totp secret');
  }

  /** A new secret: for the user to type, as a URI for a QR code, and encrypted to be stored. */
  newSecret(userId: UserId, label: string): { secret: string; uri: string; encrypted: string } {
    const secret = new Secret({ size: SECRET_BYTES });
    const uri = new TOTP({ issuer: ISSUER, label, secret }).toString();
    return { secret: secret.base32, uri, encrypted: this.encrypt(userId, Buffer.from(secret.bytes)) };
  }

  /** The number of the time step to which a code belongs. Undefined for a wrong code. */
  stepOf(userId: UserId, encrypted: string, code: string): number | undefined {
    // The library throws for characters of several bytes.
    const bytes = CODE_PATTERN.test(code) ? this.decrypt(userId, encrypted) : undefined;
    if (!bytes) return undefined;
    const totp = new TOTP({ secret: new Secret({ buffer: new Uint8Array(bytes).buffer }) });
    const timestamp = this.clock.realNow();
    const delta = totp.validate({ token: code, timestamp, window: WINDOW });
    return delta === null ? undefined : totp.counter({ timestamp }) + delta;
  }

  private encrypt(userId: UserId, secret: Buffer): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.keys[0] ?? '', iv).setAAD(Buffer.from(userId));
    const encrypted = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64url');
  }

  /**
   * The same secret, encrypted with the current key, if the previous one has encrypted it. So it can still be read after
   * `JWT_SECRET_PREVIOUS` is removed.
   */
  encryptedAgain(userId: UserId, encrypted: string): string | undefined {
    const [current, previous] = this.keys.map((key) => decrypt(key, userId, encrypted));
    return !current && previous ? this.encrypt(userId, previous) : undefined;
  }

  private decrypt(userId: UserId, encrypted: string): Buffer | undefined {
    for (const key of this.keys) {
      const secret = decrypt(key, userId, encrypted);
      if (secret) return secret;
    }
    this.logger.error({ userId }, 'TOTP secret cannot be decrypted');
    return undefined;
  }
}

/** Undefined if another key has encrypted it. */
function decrypt(key: Buffer, userId: UserId, encrypted: string): Buffer | undefined {
  const bytes = Buffer.from(encrypted, 'base64url');
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
  try {
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(userId)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
