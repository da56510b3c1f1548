import { constants, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';
import { type AdminToken, AdminTokens } from '../../modules/user';
import { type OperationContext, OperationRefused } from './operation';

const NEXT_STEPS: Record<NonNullable<AdminToken['missing']>, string> = {
  CODE: 'First send a code of the second factor to POST /user/mfa/verify.',
  SECOND_FACTOR: 'ADMIN_MFA is required: first set up a second factor at POST /user/mfa/setup.',
};

/**
 * Prints an access token of an admin. If the output is stored in a log, it is encrypted with the public key of the reader,
 * RSA with 4096 bits, because each reader of the log could use it.
 */
export async function printAdminToken(
  { app, print }: OperationContext,
  email: string,
  publicKey: KeyObject | undefined,
): Promise<void> {
  const token = await app.get(AdminTokens, { strict: false }).issue(email.trim().toLowerCase());
  print(`A session of ${token.userId} for ${Math.floor(token.expiresIn / 60)} minutes. It is in the audit log.`);
  if (token.missing) print(NEXT_STEPS[token.missing]);
  print(publicKey ? encrypted(token.accessToken, publicKey) : token.accessToken);
}

/** The key in an argument: the base64 of its DER form. */
export function parsePublicKey(base64: string): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 4096) return key;
  } catch {
    // Not a key: OperationRefused, below.
  }
  throw new OperationRefused('--public-key must be an RSA key of 4096 bits, as base64 of DER. See docs/runbook.md.');
}

function encrypted(text: string, key: KeyObject): string {
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return publicEncrypt({ key, ...padding }, Buffer.from(text)).toString('base64');
}
